"""What do operators see of the service: its jobs, its schedules, its workers, and nobody's records?"""
