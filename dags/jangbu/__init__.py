"""What the DAGs are made of: operators, business dates, alerts. Nothing here does I/O when it is imported."""
