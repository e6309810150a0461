"""Where does Piccolo find the engine?"""

from piccolo.conf.apps import AppRegistry

from foundation.database import DATABASE

DB = DATABASE
APP_REGISTRY = AppRegistry(apps=[])
