"""The job impact assessment: what each side says about each signal, kept apart, never averaged."""
