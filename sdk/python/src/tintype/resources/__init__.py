# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""The resources, as they hang on a client."""

from .account import AccountResource, AsyncAccountResource
from .auth import AsyncAuthResource, AuthResource
from .credits import AsyncCreditsResource, CreditsResource
from .data_rights import AsyncDataRightsResource, DataRightsResource
from .files import AsyncFilesResource, FilesResource
from .generations import AsyncGenerationsResource, GenerationsResource
from .keys import AsyncKeysResource, KeysResource
from .models import AsyncModelsResource, ModelsResource
from .offers import AsyncOffersResource, OffersResource
from .purchases import AsyncPurchasesResource, PurchasesResource
from .sandbox import AsyncSandboxResource, SandboxResource

__all__ = [
    "AccountResource",
    "AsyncAccountResource",
    "AsyncAuthResource",
    "AsyncCreditsResource",
    "AsyncDataRightsResource",
    "AsyncFilesResource",
    "AsyncGenerationsResource",
    "AsyncKeysResource",
    "AsyncModelsResource",
    "AsyncOffersResource",
    "AsyncPurchasesResource",
    "AsyncSandboxResource",
    "AuthResource",
    "CreditsResource",
    "DataRightsResource",
    "FilesResource",
    "GenerationsResource",
    "KeysResource",
    "ModelsResource",
    "OffersResource",
    "PurchasesResource",
    "SandboxResource",
]
