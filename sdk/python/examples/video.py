"""A video, with a bar in the terminal while it is made.

python video.py "waves on a beach"

Ctrl-C calls it off: what has not succeeded costs nothing.
"""

import asyncio
import sys

from tintype import AsyncTintype, ConflictError
from tintype.types import Generation

WIDTH = 40


def draw(generation: Generation) -> None:
    done = WIDTH * generation.progress // 100
    bar = "█" * done + "░" * (WIDTH - done)
    print(f"\r{bar} {generation.progress:3} % {generation.status:<9}", end="", flush=True)


async def main(prompt: str) -> None:
    async with AsyncTintype() as client:
        made = await client.generations.create(
            model="sandbox-video", input={"prompt": prompt, "seconds": 4}
        )
        try:
            film = await client.generations.wait(made.id, on_progress=draw)
        except asyncio.CancelledError:
            try:
                film = await client.generations.cancel(made.id)
                print(f"\n{film.status}")
            except ConflictError:
                print("\nIt cannot be stopped any more.")
            raise
        print()
        for output in film.outputs:
            print(await (await client.files.content(output.file_id)).save("video.webm"))


if __name__ == "__main__":
    asyncio.run(main(" ".join(sys.argv[1:]) or "waves on a beach"))
