"""Clearances and the cases behind them: everybody sees their own, a case only the vetting officers assigned to it."""
