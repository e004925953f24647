/* routes.c - HTTP requests to the parts that answer them. */
#include "app/appliance_parts.h"
#include "app/doors/webhook.h"
#include "app/upkeep/health.h"

static void route_mentions(void *ctx, const struct serve_request *r)
{
    webhook_handle(&((struct appliance *)ctx)->box, r);
}

static void route_pair(void *ctx, const struct serve_request *r)
{
    devices_handle_pair(&((struct appliance *)ctx)->devices, r);
}

static void route_token(void *ctx, const struct serve_request *r)
{
    devices_handle_token(&((struct appliance *)ctx)->devices, r);
}

static void route_session(void *ctx, const struct serve_request *r)
{
    devices_handle_session(&((struct appliance *)ctx)->devices, r);
}

static void route_health(void *ctx, const struct serve_request *r)
{
    health_handle(&((struct appliance *)ctx)->screens, r);
}

static void route_metrics(void *ctx, const struct serve_request *r)
{
    health_metrics(&((struct appliance *)ctx)->screens, r);
}

static void route_ca(void *ctx, const struct serve_request *r)
{
    struct appliance *a = ctx;
    struct slice ca = serve_ca(a->box.serve);
    if (ca.n == 0) {
        serve_problem(a->box.serve, r->ticket, 404, "not_found",
                      "this box uses certificates supplied by its operator", NULL);
        return;
    }
    const struct serve_answer answer = {.status = 200,
                                        .content_type = "application/x-x509-ca-cert",
                                        .body = ca,
                                        .disposition = "atalaya-ca.crt"};
    serve_respond(a->box.serve, r->ticket, &answer);
}

const struct serve_route appliance_routes[] = {
    {"POST", "/api/mentions", ROLE_SOURCE, 1u << 20, route_mentions, true},
    {"POST", "/api/pair", ROLE_NONE, 1024, route_pair, false},
    {"POST", "/api/pair/token", ROLE_NONE, 1024, route_token, false},
    {"GET", "/api/session", ROLE_NONE, 0, route_session, false},
    {"GET", "/healthz", ROLE_NONE, 0, route_health, false},
    {"GET", "/metrics", ROLE_METRICS | ROLE_LOOPBACK, 0, route_metrics, false},
    {"GET", "/ca.crt", ROLE_NONE, 0, route_ca, false},
    {NULL, NULL, 0, 0, NULL, false},
};
