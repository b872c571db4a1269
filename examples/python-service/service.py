"""A generation service in Python that drives Lotkeeper's generation workflow over Temporal, without HTTP.

python service.py TEMPORAL_ADDRESS TASK_QUEUE PRODUCT ACCOUNT JOB COUNT FOLDER

It reserves credits for COUNT images, draws them as SVG files into FOLDER, and settles: what was drawn is spent, the rest
comes back. The contract is docs/temporal-contract.md. JOB is the service's own key: the same job reserves once.
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
    """Lotkeeper said no; `refusal` has the code and its fields."""

    def __init__(self, refusal: dict):
        super().__init__(refusal["code"])
        self.refusal = refusal


async def reserve(client: Client, task_queue: str, request: dict) -> dict:
    """Starts the generation's workflow and waits for its reservation in one call."""
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
    """Settles once; a job that was settled before ends as it did then."""
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
    """Stands for a model: circles that belong to the job, and to which of its images it is."""
    chance = random.Random(f"{job}/{index}")
    circles = "".join(
        f'<circle cx="{chance.randrange(256)}" cy="{chance.randrange(256)}" r="{chance.randrange(8, 64)}" '
        f'fill="hsl({chance.randrange(360)} 60% 50%)" fill-opacity="0.6"/>'
        for _ in range(12)
    )
    image = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">{circles}</svg>\n'
    (folder / f"{job}-{index}.svg").write_text(image)


async def main(address: str, task_queue: str, product: str, account: str, job: str, count: str, folder: str) -> dict:
    client = await Client.connect(address)
    request = {"product": product, "account": account, "id": job, "operation": "image", "outputs": int(count), "api_key": "python"}
    try:
        generation = await reserve(client, task_queue, request)
    except Refused as no:
        return no.refusal
    drawn = 0
    try:
        for index in range(generation["outputs"]):
            draw(Path(folder), job, index)
            drawn += 1
    except OSError as error:
        print(error, file=sys.stderr)
    if drawn == 0:
        return await settle(client, generation, product, "fail", {"reason": "nothing was drawn"})
    return await settle(client, generation, product, "complete", {"delivered": drawn})


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(*sys.argv[1:]))), flush=True)
    # Threads of Temporal's core may still run while Python takes itself down, which now and then ends in an abort.
    os._exit(0)
