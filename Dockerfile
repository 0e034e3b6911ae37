FROM python:3.13-slim AS build
# requirements-nats.lock adds what the relay to NATS takes: --build-arg LOCK=requirements-nats.lock
ARG LOCK=requirements.lock
COPY requirements.lock requirements-nats.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r "$LOCK"

FROM python:3.13-slim
LABEL org.opencontainers.image.title="SIAGA" org.opencontainers.image.licenses="Apache-2.0"
# The number, not a name, so that an orchestrator can see that it is not root.
RUN install -d -o 10001 -g 10001 /data
COPY --from=build /venv /venv
WORKDIR /siaga
COPY . .
# The image is often read-only: nothing may write byte code at run time, so it is written here.
RUN /venv/bin/python -m compileall -q /venv app alembic
ENV PATH="/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SIAGA_DATA_DIR=/data \
    SIAGA_HOST=0.0.0.0
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# The slim image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ.get('SIAGA_PORT', '8000')}/livez\", timeout=4)"]
CMD ["python", "-m", "app", "serve"]
