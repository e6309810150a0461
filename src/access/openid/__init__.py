"""Who does the force's identity provider say is asking, spoken to over OpenID Connect?"""
