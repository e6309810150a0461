"""Which rooms have pages, and which answer programs?"""

from litestar.types import ControllerRouterHandler

PAGES: tuple[ControllerRouterHandler, ...] = ()

ENDPOINTS: tuple[ControllerRouterHandler, ...] = ()
