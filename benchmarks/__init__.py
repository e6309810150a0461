"""How fast is it, beside the least that the same machine needs in the same minute?"""
