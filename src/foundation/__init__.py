"""What knows nothing of policing: settings, clock, database, audit, jobs, problems and pages."""
