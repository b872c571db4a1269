"""A generation service in Python that drives Lotkeeper's generation workflow over Temporal, without HTTP.

python service.py TEMPORAL_ADDRESS TASK_QUEUE PRODUCT ACCOUNT JOB COUNT FOLDER

It reserves credits for COUNT images, draws them as SVG files into FOLDER, and settles: credits for drawn images are spent,
the rest is released. docs/temporal-contract.md is the contract. JOB is the service's own id: repeating a job charges once.
"""

import asyncio
import json
import os
import random
import sys
from pathlib import Path

from temporalio.client import Client, WithStartWorkflowOperation, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode


class Refused(Exception):
    """Lotkeeper refused the reservation. `refusal` has the error code and its fields."""

    def __init__(self, refusal: dict):
        super().__init__(refusal["code"])
        self.refusal = refusal


async def reserve(client: Client, task_queue: str, request: dict) -> dict:
    """Starts the generation workflow and returns its reservation, in one call."""
    start = WithStartWorkflowOperation(
        "generation",
        request,
        id=f"generation/{request['product']}/{request['id']}",
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )
    try:
        answer = await client.execute_update_with_start_workflow("reserve", start_workflow_operation=start)
    except WorkflowUpdateFailedError as error:
        if isinstance(error.cause, ApplicationError) and error.cause.details:
            raise Refused(error.cause.details[0]) from error
        raise
    return answer["generation"]


async def settle(client: Client, generation: dict, product: str, update: str, argument: dict) -> dict:
    """Settles a generation. If the workflow has ended, returns the first settlement."""
    handle = client.get_workflow_handle(f"generation/{product}/{generation['id']}")
    try:
        answer = await handle.execute_update(update, argument, id=update)
        return answer["generation"]
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
    result = await handle.result()
    return {**generation, "state": result["outcome"], "spent": result["spent"], "refunded": result["refunded"]}


def draw(folder: Path, job: str, index: int) -> None:
    """Stands in for a model: draws circles that depend on the job and the image's index."""
    rng = random.Random(f"{job}/{index}")
    circles = "".join(
        f'<circle cx="{rng.randrange(256)}" cy="{rng.randrange(256)}" r="{rng.randrange(8, 64)}" '
        f'fill="hsl({rng.randrange(360)} 60% 50%)" fill-opacity="0.6"/>'
        for _ in range(12)
    )
    image = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">{circles}</svg>\n'
    (folder / f"{job}-{index}.svg").write_text(image)


async def main(address: str, task_queue: str, product: str, account: str, job: str, count: str, folder: str) -> dict:
    client = await Client.connect(address)
    request = {"product": product, "account": account, "id": job, "operation": "image", "outputs": int(count), "api_key": "python"}
    try:
        generation = await reserve(client, task_queue, request)
    except Refused as error:
        return error.refusal
    drawn = 0
    try:
        for index in range(generation["outputs"]):
            draw(Path(folder), job, index)
            drawn += 1
    except OSError as error:
        print(error, file=sys.stderr)
    if drawn == 0:
        return await settle(client, generation, product, "fail", {"reason": "no image was drawn"})
    return await settle(client, generation, product, "complete", {"delivered": drawn})


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(*sys.argv[1:]))), flush=True)
    # Exit at once: threads of Temporal's core that still run during Python's shutdown can abort the process.
    os._exit(0)
