"""Where does a visitor arrive, how do they sign in and out, and where are they signed in?"""

from attested.front.arriving import arrive
from attested.front.session_pages import SessionPages
from attested.front.signing_in import ask_again, choose, prove_again, return_from_provider, sign_in
from attested.front.signing_out import sign_out, sign_out_by_provider, signed_out

HANDLERS = (
    arrive,
    choose,
    sign_in,
    return_from_provider,
    ask_again,
    prove_again,
    sign_out,
    signed_out,
    sign_out_by_provider,
    SessionPages,
)
