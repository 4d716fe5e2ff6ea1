# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""The resources, as they hang on a client."""

from .account import AccountResource, AsyncAccountResource
from .auth import AsyncAuthResource, AuthResource
from .batches import AsyncBatchesResource, BatchesResource
from .consents import AsyncConsentsResource, ConsentsResource
from .credits import AsyncCreditsResource, CreditsResource
from .data_rights import AsyncDataRightsResource, DataRightsResource
from .estimates import AsyncEstimatesResource, EstimatesResource
from .events import AsyncEventsResource, EventsResource
from .files import AsyncFilesResource, FilesResource
from .generations import AsyncGenerationsResource, GenerationsResource
from .identities import AsyncIdentitiesResource, IdentitiesResource
from .keys import AsyncKeysResource, KeysResource
from .models import AsyncModelsResource, ModelsResource
from .oauth import AsyncOauthResource, OauthResource
from .offers import AsyncOffersResource, OffersResource
from .purchases import AsyncPurchasesResource, PurchasesResource
from .sandbox import AsyncSandboxResource, SandboxResource
from .sessions import AsyncSessionsResource, SessionsResource
from .totp import AsyncTotpResource, TotpResource
from .usage import AsyncUsageResource, UsageResource
from .webhook_deliveries import AsyncWebhookDeliveriesResource, WebhookDeliveriesResource
from .webhook_endpoints import AsyncWebhookEndpointsResource, WebhookEndpointsResource

__all__ = [
    "AccountResource",
    "AsyncAccountResource",
    "AsyncAuthResource",
    "AsyncBatchesResource",
    "AsyncConsentsResource",
    "AsyncCreditsResource",
    "AsyncDataRightsResource",
    "AsyncEstimatesResource",
    "AsyncEventsResource",
    "AsyncFilesResource",
    "AsyncGenerationsResource",
    "AsyncIdentitiesResource",
    "AsyncKeysResource",
    "AsyncModelsResource",
    "AsyncOauthResource",
    "AsyncOffersResource",
    "AsyncPurchasesResource",
    "AsyncSandboxResource",
    "AsyncSessionsResource",
    "AsyncTotpResource",
    "AsyncUsageResource",
    "AsyncWebhookDeliveriesResource",
    "AsyncWebhookEndpointsResource",
    "AuthResource",
    "BatchesResource",
    "ConsentsResource",
    "CreditsResource",
    "DataRightsResource",
    "EstimatesResource",
    "EventsResource",
    "FilesResource",
    "GenerationsResource",
    "IdentitiesResource",
    "KeysResource",
    "ModelsResource",
    "OauthResource",
    "OffersResource",
    "PurchasesResource",
    "SandboxResource",
    "SessionsResource",
    "TotpResource",
    "UsageResource",
    "WebhookDeliveriesResource",
    "WebhookEndpointsResource",
]
