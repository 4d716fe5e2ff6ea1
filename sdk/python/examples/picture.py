"""A picture from a prompt.

python picture.py "a lighthouse at dawn"
"""

import sys

from tintype import Tintype


def main(prompt: str) -> None:
    with Tintype() as client:
        generation = client.generations.create_and_wait(
            model="sandbox-image", input={"prompt": prompt}, max_cost="5"
        )
        if not generation.succeeded:
            why = generation.error.message if generation.error else generation.status
            sys.exit(f"There is no picture, and it cost nothing: {why}")
        for output in generation.outputs:
            path = client.files.content(output.file_id).save(f"{output.file_id}.png")
            print(f"{path}: {output.width}x{output.height}, {generation.cost.captured} credits")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "a lighthouse at dawn")
