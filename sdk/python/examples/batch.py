"""A picture for each row of a CSV file with the columns `name` and `prompt`.

python batch.py prompts.csv pictures/

Run it again after an interruption: rows that were paid for are not paid for twice, because
each row has an idempotency key of its own.
"""

import asyncio
import csv
import hashlib
import sys
from pathlib import Path

from tintype import AsyncTintype, TintypeError

AT_ONCE = 4


async def make(client: AsyncTintype, row: dict[str, str], folder: Path) -> str:
    digest = hashlib.sha256(f"{row['name']}\n{row['prompt']}".encode()).hexdigest()
    generation = await client.generations.create_and_wait(
        model="sandbox-image",
        input={"prompt": row["prompt"]},
        metadata={"name": row["name"]},
        idempotency_key=f"batch-{digest}",
    )
    if not generation.succeeded:
        return generation.error.message if generation.error else generation.status
    content = await client.files.content(generation.outputs[0].file_id)
    return str(await content.save(folder / f"{row['name']}.png"))


async def main(rows: list[dict[str, str]], folder: Path) -> None:
    gate = asyncio.Semaphore(AT_ONCE)
    async with AsyncTintype(max_retries=5) as client:

        async def work(row: dict[str, str]) -> None:
            async with gate:
                try:
                    outcome = await make(client, row, folder)
                except TintypeError as error:
                    outcome = str(error)
            print(f"{row['name']}: {outcome}")

        await asyncio.gather(*(work(row) for row in rows))


if __name__ == "__main__":
    table, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with table.open(newline="") as file:
        asyncio.run(main(list(csv.DictReader(file)), folder))
