"""The domain of Commonweal: values, rules and calculations. No Django, no database, no clock."""
