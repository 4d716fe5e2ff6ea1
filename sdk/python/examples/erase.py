"""Erases what was generated for one of your end users: prompts, inputs and files.

python erase.py customer-7
"""

import sys

from tintype import ConflictError, GoneError, NotFoundError, Tintype


def main(end_user: str) -> None:
    with Tintype() as client:
        erased = 0
        for generation in client.generations.list(end_user=end_user, limit=100):
            if generation.erased_at is not None:
                continue
            try:
                if not generation.ended:
                    generation = client.generations.wait(generation.id, wait_timeout=600)
                client.generations.delete(generation.id)
            except (GoneError, NotFoundError):
                continue  # somebody else was faster
            except ConflictError as error:
                sys.exit(f"{generation.id} cannot be erased now: {error}")
            erased += 1
        print(f"{erased} generations of {end_user} were erased.")


if __name__ == "__main__":
    main(sys.argv[1])
