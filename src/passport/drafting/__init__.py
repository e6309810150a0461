"""How is the next version of policy written, by whom, and what does it change?"""
