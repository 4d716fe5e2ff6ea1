# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""The client and its asynchronous sister."""

from __future__ import annotations

from functools import cached_property

from ._core.clients import AsyncClient, Client
from .resources.account import AccountResource, AsyncAccountResource
from .resources.auth import AsyncAuthResource, AuthResource
from .resources.batches import AsyncBatchesResource, BatchesResource
from .resources.consents import AsyncConsentsResource, ConsentsResource
from .resources.credits import AsyncCreditsResource, CreditsResource
from .resources.data_rights import AsyncDataRightsResource, DataRightsResource
from .resources.estimates import AsyncEstimatesResource, EstimatesResource
from .resources.events import AsyncEventsResource, EventsResource
from .resources.files import AsyncFilesResource, FilesResource
from .resources.generations import AsyncGenerationsResource, GenerationsResource
from .resources.identities import AsyncIdentitiesResource, IdentitiesResource
from .resources.keys import AsyncKeysResource, KeysResource
from .resources.models import AsyncModelsResource, ModelsResource
from .resources.oauth import AsyncOauthResource, OauthResource
from .resources.offers import AsyncOffersResource, OffersResource
from .resources.purchases import AsyncPurchasesResource, PurchasesResource
from .resources.sandbox import AsyncSandboxResource, SandboxResource
from .resources.sessions import AsyncSessionsResource, SessionsResource
from .resources.totp import AsyncTotpResource, TotpResource
from .resources.usage import AsyncUsageResource, UsageResource
from .resources.webhook_deliveries import AsyncWebhookDeliveriesResource, WebhookDeliveriesResource
from .resources.webhook_endpoints import AsyncWebhookEndpointsResource, WebhookEndpointsResource


class Tintype(Client):
    """AI images, videos, voices and texts behind one API.

        client = Tintype()  # reads TINTYPE_API_KEY
        generation = client.generations.create_and_wait(
            model="sandbox-image", input={"prompt": "a lighthouse at dawn"}
        )

    Close it when you are done, or use it in `with`.
    """

    @cached_property
    def models(self) -> ModelsResource:
        """What can be made, by whom, where and for how much. Models are configuration: ask for
        the list instead of writing it down.
        """
        return ModelsResource(self._transport)

    @cached_property
    def generations(self) -> GenerationsResource:
        """Images, videos, speech and text. A generation is accepted at once, made in the
        background, and costs nothing unless it succeeds.
        """
        return GenerationsResource(self._transport)

    @cached_property
    def estimates(self) -> EstimatesResource:
        """What generations would cost, line by line, before any is made; and a price that holds
        for a quarter of an hour.
        """
        return EstimatesResource(self._transport)

    @cached_property
    def batches(self) -> BatchesResource:
        """Many generations at once: accepted together, held for together, told of together."""
        return BatchesResource(self._transport)

    @cached_property
    def files(self) -> FilesResource:
        """What generations made. Links are ours and short-lived, and die when the file is
        erased.
        """
        return FilesResource(self._transport)

    @cached_property
    def credits(self) -> CreditsResource:
        """The balance, the lots that it consists of, and every movement of it."""
        return CreditsResource(self._transport)

    @cached_property
    def usage(self) -> UsageResource:
        """What was made and what it cost, by day, model, key and end user."""
        return UsageResource(self._transport)

    @cached_property
    def offers(self) -> OffersResource:
        """Offers and purchases of credits."""
        return OffersResource(self._transport)

    @cached_property
    def purchases(self) -> PurchasesResource:
        """Offers and purchases of credits."""
        return PurchasesResource(self._transport)

    @cached_property
    def events(self) -> EventsResource:
        """What happened, pushed to your own addresses or pulled: each event at least once,
        signed, and in both cases with the same id.
        """
        return EventsResource(self._transport)

    @cached_property
    def webhook_endpoints(self) -> WebhookEndpointsResource:
        """What happened, pushed to your own addresses or pulled: each event at least once,
        signed, and in both cases with the same id.
        """
        return WebhookEndpointsResource(self._transport)

    @cached_property
    def webhook_deliveries(self) -> WebhookDeliveriesResource:
        """What happened, pushed to your own addresses or pulled: each event at least once,
        signed, and in both cases with the same id.
        """
        return WebhookDeliveriesResource(self._transport)

    @cached_property
    def keys(self) -> KeysResource:
        """API keys: what your programs carry in `Authorization: Bearer`. A test key sees test
        data only and spends test credits.
        """
        return KeysResource(self._transport)

    @cached_property
    def auth(self) -> AuthResource:
        """Signing up, signing in, and the account itself."""
        return AuthResource(self._transport)

    @cached_property
    def account(self) -> AccountResource:
        """Signing up, signing in, and the account itself."""
        return AccountResource(self._transport)

    @cached_property
    def oauth(self) -> OauthResource:
        """Signing up, signing in, and the account itself."""
        return OauthResource(self._transport)

    @cached_property
    def identities(self) -> IdentitiesResource:
        """Signing up, signing in, and the account itself."""
        return IdentitiesResource(self._transport)

    @cached_property
    def sessions(self) -> SessionsResource:
        """Signing up, signing in, and the account itself."""
        return SessionsResource(self._transport)

    @cached_property
    def totp(self) -> TotpResource:
        """Signing up, signing in, and the account itself."""
        return TotpResource(self._transport)

    @cached_property
    def data_rights(self) -> DataRightsResource:
        """Requests about personal data: a copy of all of it, or its erasure, with a receipt."""
        return DataRightsResource(self._transport)

    @cached_property
    def consents(self) -> ConsentsResource:
        """Requests about personal data: a copy of all of it, or its erasure, with a receipt."""
        return ConsentsResource(self._transport)

    @cached_property
    def sandbox(self) -> SandboxResource:
        """Beside the API, and only where nothing is real: move the clock, read what was mailed,
        play the buyer and the payment processor. None of it needs credentials. In production
        none of it exists.
        """
        return SandboxResource(self._transport)


class AsyncTintype(AsyncClient):
    """AI images, videos, voices and texts behind one API.

        client = AsyncTintype()  # reads TINTYPE_API_KEY
        generation = await client.generations.create_and_wait(
            model="sandbox-image", input={"prompt": "a lighthouse at dawn"}
        )

    Close it when you are done, or use it in `async with`.
    """

    @cached_property
    def models(self) -> AsyncModelsResource:
        """What can be made, by whom, where and for how much. Models are configuration: ask for
        the list instead of writing it down.
        """
        return AsyncModelsResource(self._transport)

    @cached_property
    def generations(self) -> AsyncGenerationsResource:
        """Images, videos, speech and text. A generation is accepted at once, made in the
        background, and costs nothing unless it succeeds.
        """
        return AsyncGenerationsResource(self._transport)

    @cached_property
    def estimates(self) -> AsyncEstimatesResource:
        """What generations would cost, line by line, before any is made; and a price that holds
        for a quarter of an hour.
        """
        return AsyncEstimatesResource(self._transport)

    @cached_property
    def batches(self) -> AsyncBatchesResource:
        """Many generations at once: accepted together, held for together, told of together."""
        return AsyncBatchesResource(self._transport)

    @cached_property
    def files(self) -> AsyncFilesResource:
        """What generations made. Links are ours and short-lived, and die when the file is
        erased.
        """
        return AsyncFilesResource(self._transport)

    @cached_property
    def credits(self) -> AsyncCreditsResource:
        """The balance, the lots that it consists of, and every movement of it."""
        return AsyncCreditsResource(self._transport)

    @cached_property
    def usage(self) -> AsyncUsageResource:
        """What was made and what it cost, by day, model, key and end user."""
        return AsyncUsageResource(self._transport)

    @cached_property
    def offers(self) -> AsyncOffersResource:
        """Offers and purchases of credits."""
        return AsyncOffersResource(self._transport)

    @cached_property
    def purchases(self) -> AsyncPurchasesResource:
        """Offers and purchases of credits."""
        return AsyncPurchasesResource(self._transport)

    @cached_property
    def events(self) -> AsyncEventsResource:
        """What happened, pushed to your own addresses or pulled: each event at least once,
        signed, and in both cases with the same id.
        """
        return AsyncEventsResource(self._transport)

    @cached_property
    def webhook_endpoints(self) -> AsyncWebhookEndpointsResource:
        """What happened, pushed to your own addresses or pulled: each event at least once,
        signed, and in both cases with the same id.
        """
        return AsyncWebhookEndpointsResource(self._transport)

    @cached_property
    def webhook_deliveries(self) -> AsyncWebhookDeliveriesResource:
        """What happened, pushed to your own addresses or pulled: each event at least once,
        signed, and in both cases with the same id.
        """
        return AsyncWebhookDeliveriesResource(self._transport)

    @cached_property
    def keys(self) -> AsyncKeysResource:
        """API keys: what your programs carry in `Authorization: Bearer`. A test key sees test
        data only and spends test credits.
        """
        return AsyncKeysResource(self._transport)

    @cached_property
    def auth(self) -> AsyncAuthResource:
        """Signing up, signing in, and the account itself."""
        return AsyncAuthResource(self._transport)

    @cached_property
    def account(self) -> AsyncAccountResource:
        """Signing up, signing in, and the account itself."""
        return AsyncAccountResource(self._transport)

    @cached_property
    def oauth(self) -> AsyncOauthResource:
        """Signing up, signing in, and the account itself."""
        return AsyncOauthResource(self._transport)

    @cached_property
    def identities(self) -> AsyncIdentitiesResource:
        """Signing up, signing in, and the account itself."""
        return AsyncIdentitiesResource(self._transport)

    @cached_property
    def sessions(self) -> AsyncSessionsResource:
        """Signing up, signing in, and the account itself."""
        return AsyncSessionsResource(self._transport)

    @cached_property
    def totp(self) -> AsyncTotpResource:
        """Signing up, signing in, and the account itself."""
        return AsyncTotpResource(self._transport)

    @cached_property
    def data_rights(self) -> AsyncDataRightsResource:
        """Requests about personal data: a copy of all of it, or its erasure, with a receipt."""
        return AsyncDataRightsResource(self._transport)

    @cached_property
    def consents(self) -> AsyncConsentsResource:
        """Requests about personal data: a copy of all of it, or its erasure, with a receipt."""
        return AsyncConsentsResource(self._transport)

    @cached_property
    def sandbox(self) -> AsyncSandboxResource:
        """Beside the API, and only where nothing is real: move the clock, read what was mailed,
        play the buyer and the payment processor. None of it needs credentials. In production
        none of it exists.
        """
        return AsyncSandboxResource(self._transport)
