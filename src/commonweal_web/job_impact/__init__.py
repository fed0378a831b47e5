"""The job impact assessment of each use: what each side says about each signal."""
