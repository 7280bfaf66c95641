CREATE SCHEMA "control";
--> statement-breakpoint
CREATE TABLE "control"."adoptable" (
	"cluster_id" text PRIMARY KEY NOT NULL,
	"schemas" jsonb NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."alert_evaluator" (
	"id" integer PRIMARY KEY NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"holder" text,
	"lease_until" timestamp with time zone,
	"evaluated_at" timestamp with time zone,
	"took_ms" integer,
	CONSTRAINT "alert_evaluator_is_one" CHECK ("control"."alert_evaluator"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "control"."alert_rule" (
	"id" text PRIMARY KEY NOT NULL,
	"builtin" text,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"condition" jsonb NOT NULL,
	"scope" jsonb NOT NULL,
	"for_seconds" integer DEFAULT 0 NOT NULL,
	"keep_firing_seconds" integer DEFAULT 60 NOT NULL,
	"severity" text NOT NULL,
	"group_by" text DEFAULT 'rule' NOT NULL,
	"action" text DEFAULT '' NOT NULL,
	"runbook_url" text DEFAULT '' NOT NULL,
	"policy_id" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"fault" text,
	"evaluated_at" timestamp with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"changed_by" text,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "alert_rule_severity_is_known" CHECK ("control"."alert_rule"."severity" in ('critical', 'warning', 'info')),
	CONSTRAINT "alert_rule_grouping_is_known" CHECK ("control"."alert_rule"."group_by" in ('rule', 'cluster', 'subject')),
	CONSTRAINT "alert_rule_builtin_stays" CHECK ("control"."alert_rule"."builtin" is null or "control"."alert_rule"."removed_at" is null)
);
--> statement-breakpoint
CREATE TABLE "control"."audit" (
	"chain" text NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"session_id" text,
	"address" text,
	"request_id" text,
	"action" text NOT NULL,
	"target_kind" text,
	"target_id" text,
	"outcome" text NOT NULL,
	"error_code" text,
	"operation_id" text,
	"attempt" integer,
	"before" jsonb,
	"after" jsonb,
	"prev_hash" "bytea" DEFAULT ''::bytea NOT NULL,
	"hash" "bytea" DEFAULT ''::bytea NOT NULL,
	CONSTRAINT "audit_chain_seq_pk" PRIMARY KEY("chain","seq"),
	CONSTRAINT "audit_outcome_is_known" CHECK ("control"."audit"."outcome" in ('requested', 'denied', 'succeeded', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "control"."audit_head" (
	"chain" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."bulk" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"filter" jsonb,
	"input" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"total" integer NOT NULL,
	"window" integer NOT NULL,
	"pause_reason" text,
	"outcome" jsonb,
	"requested_by" text NOT NULL,
	"request_id" text,
	"idempotency_key" text NOT NULL,
	"request_hash" text NOT NULL,
	"retry_of" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "bulk_finished_iff_final" CHECK (("control"."bulk"."finished_at" is not null) = ("control"."bulk"."state" in ('finished', 'cancelled'))),
	CONSTRAINT "bulk_outcome_iff_final" CHECK (("control"."bulk"."outcome" is not null) = ("control"."bulk"."finished_at" is not null)),
	CONSTRAINT "bulk_pause_has_reason_only_while_paused" CHECK ("control"."bulk"."pause_reason" is null or "control"."bulk"."state" = 'paused'),
	CONSTRAINT "bulk_has_items" CHECK ("control"."bulk"."total" > 0),
	CONSTRAINT "bulk_window_is_bounded" CHECK ("control"."bulk"."window" between 1 and 500)
);
--> statement-breakpoint
CREATE TABLE "control"."bulk_item" (
	"bulk_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"tenant_id" text,
	"input" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"operation_id" text,
	"retry_of" text,
	"refusal" jsonb,
	"is_wrong_row" boolean DEFAULT false NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	CONSTRAINT "bulk_item_bulk_id_ordinal_pk" PRIMARY KEY("bulk_id","ordinal"),
	CONSTRAINT "bulk_item_requested_iff_operation" CHECK (("control"."bulk_item"."state" = 'requested') = ("control"."bulk_item"."operation_id" is not null)),
	CONSTRAINT "bulk_item_refused_iff_refusal" CHECK (("control"."bulk_item"."state" = 'refused') = ("control"."bulk_item"."refusal" is not null)),
	CONSTRAINT "bulk_item_wrong_row_is_refused" CHECK (not "control"."bulk_item"."is_wrong_row" or "control"."bulk_item"."state" = 'refused')
);
--> statement-breakpoint
CREATE TABLE "control"."cluster" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"state_reason" text,
	"labels" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"limits" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"admin_url" text NOT NULL,
	"worker_url" text NOT NULL,
	"endpoint" jsonb DEFAULT '{"host":"","port":5432,"database":""}'::jsonb NOT NULL,
	"system_identifier" text,
	"database_oid" bigint,
	"installation_id" text,
	"max_concurrency" integer DEFAULT 4 NOT NULL,
	"reachable" boolean DEFAULT true NOT NULL,
	"server_version" text,
	"capacity" jsonb,
	"checked_at" timestamp with time zone,
	"fault" text,
	"checks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"checks_at" timestamp with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cluster_state_is_known" CHECK ("control"."cluster"."state" in ('active', 'cordoned', 'detached')),
	CONSTRAINT "cluster_detached_keeps_no_secrets" CHECK ("control"."cluster"."state" <> 'detached' or ("control"."cluster"."admin_url" = '' and "control"."cluster"."worker_url" = '')),
	CONSTRAINT "cluster_concurrency_is_positive" CHECK ("control"."cluster"."max_concurrency" between 1 and 64)
);
--> statement-breakpoint
CREATE TABLE "control"."event" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"topics" text[] NOT NULL,
	"kind" text NOT NULL,
	"entity_id" text NOT NULL,
	"version" bigint NOT NULL,
	"patch" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."event_outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."event_outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"topics" text[] NOT NULL,
	"kind" text NOT NULL,
	"entity_id" text NOT NULL,
	"version" bigint NOT NULL,
	"patch" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."finding" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"cluster_id" text NOT NULL,
	"tenant_id" text,
	"subject" text NOT NULL,
	"detail" jsonb DEFAULT '{"registry":{},"cluster":{}}'::jsonb NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone,
	"ignored_by" text,
	"ignored_because" text,
	CONSTRAINT "finding_state_is_known" CHECK ("control"."finding"."state" in ('open', 'ignored', 'resolved')),
	CONSTRAINT "finding_ignored_iff_somebody_said_why" CHECK (("control"."finding"."state" = 'ignored') <= ("control"."finding"."ignored_by" is not null and "control"."finding"."ignored_because" is not null)),
	CONSTRAINT "finding_resolved_iff_over" CHECK (("control"."finding"."state" = 'resolved') = ("control"."finding"."resolved_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "control"."reconciliation" (
	"cluster_id" text PRIMARY KEY NOT NULL,
	"run" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"compared_at" timestamp with time zone,
	"took_ms" integer,
	"compared" integer,
	"busy" integer,
	"fault" text,
	"requested_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "control"."fleet_sample" (
	"at" timestamp with time zone PRIMARY KEY NOT NULL,
	"queued" integer NOT NULL,
	"running" integer NOT NULL,
	"waiting" integer NOT NULL,
	"oldest_queued" real NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."alert" (
	"id" text PRIMARY KEY NOT NULL,
	"rule_id" text,
	"incident_id" text,
	"fingerprint" text NOT NULL,
	"state" text NOT NULL,
	"tenant_id" text,
	"cluster_id" text,
	"labels" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"value" double precision,
	"silence_id" text,
	"inhibited_by" text,
	"pending_at" timestamp with time zone NOT NULL,
	"fired_at" timestamp with time zone,
	"clear_at" timestamp with time zone,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "alert_state_is_known" CHECK ("control"."alert"."state" in ('pending', 'firing', 'resolved')),
	CONSTRAINT "alert_firing_belongs_to_an_incident" CHECK ("control"."alert"."state" <> 'firing' or "control"."alert"."incident_id" is not null),
	CONSTRAINT "alert_resolved_iff_over" CHECK (("control"."alert"."state" = 'resolved') = ("control"."alert"."resolved_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "control"."incident" (
	"id" text PRIMARY KEY NOT NULL,
	"rule_id" text,
	"group_key" text NOT NULL,
	"state" text DEFAULT 'firing' NOT NULL,
	"severity" text NOT NULL,
	"title" text NOT NULL,
	"action" text DEFAULT '' NOT NULL,
	"runbook_url" text DEFAULT '' NOT NULL,
	"cluster_id" text,
	"source" text,
	"firing" bigint DEFAULT 0 NOT NULL,
	"total" bigint DEFAULT 0 NOT NULL,
	"silenced" bigint DEFAULT 0 NOT NULL,
	"acknowledged_by" text,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_until" timestamp with time zone,
	"epoch" bigint DEFAULT 1 NOT NULL,
	"announced_epoch" bigint DEFAULT 0 NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"raised_firing" bigint DEFAULT 0 NOT NULL,
	"refired" integer DEFAULT 0 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "incident_state_is_known" CHECK ("control"."incident"."state" in ('firing', 'acknowledged', 'resolved')),
	CONSTRAINT "incident_resolved_iff_over" CHECK (("control"."incident"."state" = 'resolved') = ("control"."incident"."resolved_at" is not null)),
	CONSTRAINT "incident_acknowledged_by_somebody_for_a_time" CHECK ("control"."incident"."state" <> 'acknowledged' or ("control"."incident"."acknowledged_by" is not null and "control"."incident"."acknowledged_until" is not null))
);
--> statement-breakpoint
CREATE TABLE "control"."incident_event" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"kind" text NOT NULL,
	"user_id" text,
	"text" text DEFAULT '' NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."alert_source" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"policy_id" text,
	"seen_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "control"."channel" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"config" jsonb NOT NULL,
	"secret" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"fault" text,
	"failing_since" timestamp with time zone,
	"last_delivered_at" timestamp with time zone,
	"kept_at" timestamp with time zone,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "control"."delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"notification_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"took_ms" integer,
	"status" integer,
	"answer" text,
	"fault" text,
	CONSTRAINT "delivery_attempt_is_one" UNIQUE("notification_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "control"."escalation" (
	"incident_id" text PRIMARY KEY NOT NULL,
	"policy_id" text NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "control"."notification" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text,
	"channel_id" text NOT NULL,
	"user_id" text,
	"epoch" bigint NOT NULL,
	"event" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"message" jsonb NOT NULL,
	"thread" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"holder" text,
	"fault" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "notification_state_is_known" CHECK ("control"."notification"."state" in ('queued', 'delivered', 'failed', 'superseded')),
	CONSTRAINT "notification_ended_iff_over" CHECK (("control"."notification"."state" = 'queued') = ("control"."notification"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "control"."escalation_policy" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"steps" jsonb NOT NULL,
	"repeat" integer DEFAULT 0 NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "escalation_policy_default_stays" CHECK (not "control"."escalation_policy"."is_default" or "control"."escalation_policy"."removed_at" is null)
);
--> statement-breakpoint
CREATE TABLE "control"."schedule" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"layers" jsonb NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "control"."schedule_override" (
	"id" text PRIMARY KEY NOT NULL,
	"schedule_id" text NOT NULL,
	"user_id" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "override_ends_after_it_begins" CHECK ("control"."schedule_override"."ends_at" > "control"."schedule_override"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "control"."operation" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"tenant_id" text,
	"source_id" text,
	"spare_id" text,
	"bulk_id" text,
	"template_id" text,
	"cluster_id" text NOT NULL,
	"input" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"result" jsonb,
	"error" jsonb,
	"priority" smallint NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"source_fence" bigint,
	"cancel_requested_at" timestamp with time zone,
	"cancel_requested_by" text,
	"cancel_force_at" timestamp with time zone,
	"worker_id" text,
	"lease_until" timestamp with time zone,
	"due_at" timestamp with time zone DEFAULT now(),
	"on_failure" text DEFAULT 'undo' NOT NULL,
	"deadline_seconds" integer NOT NULL,
	"deadline_at" timestamp with time zone,
	"requested_by" text NOT NULL,
	"request_id" text,
	"trace_parent" text,
	"idempotency_key" text NOT NULL,
	"request_hash" text NOT NULL,
	"retry_of" text,
	"aside_at" timestamp with time zone,
	"aside_by" text,
	"aside_reason" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "operation_finished_iff_final" CHECK (("control"."operation"."finished_at" is not null) = ("control"."operation"."state" in ('succeeded', 'failed', 'cancelled'))),
	CONSTRAINT "operation_leased_iff_in_hand" CHECK (("control"."operation"."lease_until" is not null) = ("control"."operation"."state" in ('running', 'undoing')) and ("control"."operation"."worker_id" is not null) = ("control"."operation"."lease_until" is not null)),
	CONSTRAINT "operation_failed_has_error" CHECK ("control"."operation"."state" <> 'failed' or "control"."operation"."error" is not null),
	CONSTRAINT "operation_is_on_a_tenant_or_a_spare" CHECK ("control"."operation"."spare_id" is null or "control"."operation"."tenant_id" is null),
	CONSTRAINT "operation_cancel_is_requested_whole_or_not_at_all" CHECK (("control"."operation"."cancel_requested_at" is null) = ("control"."operation"."cancel_requested_by" is null) and ("control"."operation"."cancel_requested_at" is null) = ("control"."operation"."cancel_force_at" is null)),
	CONSTRAINT "operation_without_due_time_waits_for_a_decision" CHECK ("control"."operation"."due_at" is not null or ("control"."operation"."state" = 'waiting' and "control"."operation"."error" is not null)),
	CONSTRAINT "operation_on_failure_is_known" CHECK ("control"."operation"."on_failure" in ('undo', 'keep')),
	CONSTRAINT "operation_is_put_aside_whole_or_not_at_all" CHECK (("control"."operation"."aside_at" is null) = ("control"."operation"."aside_by" is null) and ("control"."operation"."aside_at" is null) = ("control"."operation"."aside_reason" is null) and ("control"."operation"."aside_at" is null or "control"."operation"."state" = 'failed'))
);
--> statement-breakpoint
CREATE TABLE "control"."operation_log" (
	"operation_id" text NOT NULL,
	"line" bigint NOT NULL,
	"attempt" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"level" text NOT NULL,
	"step" text,
	"message" text NOT NULL,
	"data" jsonb,
	CONSTRAINT "operation_log_operation_id_line_pk" PRIMARY KEY("operation_id","line")
);
--> statement-breakpoint
CREATE TABLE "control"."operation_step" (
	"operation_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"direction" text DEFAULT 'up' NOT NULL,
	"ordinal" smallint NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"result" jsonb,
	"error" jsonb,
	"resources" jsonb,
	CONSTRAINT "operation_step_operation_id_attempt_direction_ordinal_pk" PRIMARY KEY("operation_id","attempt","direction","ordinal"),
	CONSTRAINT "operation_step_finished_iff_not_running" CHECK (("control"."operation_step"."finished_at" is null) = ("control"."operation_step"."state" = 'running'))
);
--> statement-breakpoint
CREATE TABLE "control"."plan" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plan_name_is_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "control"."enforcement" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"wanted" jsonb NOT NULL,
	"revision" bigint DEFAULT 1 NOT NULL,
	"told_revision" bigint,
	"told_cluster_id" text,
	"told_at" timestamp with time zone,
	"unheld" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"leaks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"fault" text,
	"retry_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "control"."quota" (
	"tenant_id" text,
	"plan_id" text,
	"resource" text NOT NULL,
	"limit" bigint NOT NULL,
	"grace_seconds" integer DEFAULT 0 NOT NULL,
	"until" timestamp with time zone,
	"reason" text,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quota_is_one_per_holder_and_resource" UNIQUE NULLS NOT DISTINCT("tenant_id","plan_id","resource"),
	CONSTRAINT "quota_has_one_holder" CHECK (num_nonnulls("control"."quota"."tenant_id", "control"."quota"."plan_id") <= 1),
	CONSTRAINT "quota_with_an_end_is_of_a_tenant" CHECK ("control"."quota"."until" is null or "control"."quota"."tenant_id" is not null),
	CONSTRAINT "quota_limit_is_not_negative" CHECK ("control"."quota"."limit" >= 0),
	CONSTRAINT "quota_grace_is_at_most_90_days" CHECK ("control"."quota"."grace_seconds" between 0 and 7776000),
	CONSTRAINT "quota_resource_is_known" CHECK ("control"."quota"."resource" in ('storage_bytes', 'relations', 'connections', 'temp_bytes', 'statement_seconds'))
);
--> statement-breakpoint
CREATE TABLE "control"."quota_state" (
	"tenant_id" text NOT NULL,
	"resource" text NOT NULL,
	"level" text DEFAULT 'ok' NOT NULL,
	"used" bigint NOT NULL,
	"limit" bigint NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"grace_until" timestamp with time zone,
	"enforced_at" timestamp with time zone,
	"fault" text,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quota_state_tenant_id_resource_pk" PRIMARY KEY("tenant_id","resource"),
	CONSTRAINT "quota_level_is_known" CHECK ("control"."quota_state"."level" in ('ok', 'warned', 'critical', 'exceeded', 'blocked')),
	CONSTRAINT "quota_exceeded_iff_it_has_grace" CHECK (("control"."quota_state"."level" = 'exceeded') = ("control"."quota_state"."grace_until" is not null))
);
--> statement-breakpoint
CREATE TABLE "control"."rate_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "control"."setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_by" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."silence" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"matchers" jsonb NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"comment" text NOT NULL,
	"created_by" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "silence_is_one_per_idempotency_key" UNIQUE("created_by","idempotency_key"),
	CONSTRAINT "silence_kind_is_known" CHECK ("control"."silence"."kind" in ('silence', 'maintenance')),
	CONSTRAINT "silence_ends_after_it_begins" CHECK ("control"."silence"."ends_at" >= "control"."silence"."starts_at"),
	CONSTRAINT "silence_is_not_for_ever" CHECK ("control"."silence"."ends_at" <= "control"."silence"."starts_at" + interval '31 days')
);
--> statement-breakpoint
CREATE TABLE "control"."pool_policy" (
	"template_id" text NOT NULL,
	"cluster_id" text,
	"size" smallint NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pool_policy_is_one_per_template_and_cluster" UNIQUE NULLS NOT DISTINCT("template_id","cluster_id"),
	CONSTRAINT "pool_size_is_bounded" CHECK ("control"."pool_policy"."size" between 0 and 500)
);
--> statement-breakpoint
CREATE TABLE "control"."spare" (
	"id" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"state" text DEFAULT 'building' NOT NULL,
	"cluster_id" text NOT NULL,
	"schema_name" text NOT NULL,
	"template_id" text,
	"template_version" integer,
	"fingerprint" text,
	"fence" bigint DEFAULT 0 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ready_at" timestamp with time zone,
	CONSTRAINT "spare_of_the_pool_has_a_template" CHECK ("control"."spare"."origin" <> 'pool' or "control"."spare"."template_version" is not null),
	CONSTRAINT "spare_ready_has_fingerprint" CHECK ("control"."spare"."state" <> 'ready' or "control"."spare"."fingerprint" is not null)
);
--> statement-breakpoint
CREATE TABLE "control"."machine_state" (
	"noun" text NOT NULL,
	"state" text NOT NULL,
	"initial" boolean NOT NULL,
	"final" boolean NOT NULL,
	"description" text NOT NULL,
	CONSTRAINT "machine_state_noun_state_pk" PRIMARY KEY("noun","state")
);
--> statement-breakpoint
CREATE TABLE "control"."machine_transition" (
	"noun" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"cause" text NOT NULL,
	CONSTRAINT "machine_transition_noun_from_to_pk" PRIMARY KEY("noun","from","to")
);
--> statement-breakpoint
CREATE TABLE "control"."migration" (
	"template_id" text NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"sql" text NOT NULL,
	"checksum" text NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "migration_template_id_version_pk" PRIMARY KEY("template_id","version")
);
--> statement-breakpoint
CREATE TABLE "control"."template" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "template_slug_is_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "control"."template_version" (
	"template_id" text NOT NULL,
	"version" integer NOT NULL,
	"state" text DEFAULT 'building' NOT NULL,
	"snapshot" text,
	"placeholders" jsonb,
	"method" text,
	"fingerprint" text,
	"seed" text DEFAULT '' NOT NULL,
	"statements" integer,
	"relations" integer,
	"error" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"built_at" timestamp with time zone,
	CONSTRAINT "template_version_template_id_version_pk" PRIMARY KEY("template_id","version"),
	CONSTRAINT "template_version_state_is_known" CHECK ("control"."template_version"."state" in ('building', 'ready', 'failed')),
	CONSTRAINT "template_version_ready_iff_fingerprinted" CHECK (("control"."template_version"."state" = 'ready') = ("control"."template_version"."snapshot" is not null and "control"."template_version"."placeholders" is not null and "control"."template_version"."fingerprint" is not null))
);
--> statement-breakpoint
CREATE TABLE "control"."tenant" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"display_name" text NOT NULL,
	"labels" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'provisioning' NOT NULL,
	"cluster_id" text NOT NULL,
	"placement_reason" text NOT NULL,
	"schema_name" text NOT NULL,
	"template_id" text NOT NULL,
	"template_version" integer NOT NULL,
	"plan_id" text,
	"fingerprint" text,
	"owner_id" text NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"row_version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"activated_at" timestamp with time zone,
	"archived_at" timestamp with time zone,
	"kept_until" timestamp with time zone,
	CONSTRAINT "tenant_archived_has_window" CHECK (("control"."tenant"."state" = 'archived') <= ("control"."tenant"."archived_at" is not null and "control"."tenant"."kept_until" is not null)),
	CONSTRAINT "tenant_active_has_fingerprint" CHECK ("control"."tenant"."state" <> 'active' or "control"."tenant"."fingerprint" is not null),
	CONSTRAINT "tenant_slug_is_well_formed" CHECK ("control"."tenant"."slug" ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length("control"."tenant"."slug") <= 48),
	CONSTRAINT "tenant_schema_follows_name_rule" CHECK ("control"."tenant"."schema_name" ~ '^t_[a-z][a-z0-9_]{0,58}$')
);
--> statement-breakpoint
CREATE TABLE "control"."usage" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"bytes" bigint,
	"table_bytes" bigint,
	"index_bytes" bigint,
	"toast_bytes" bigint,
	"relations" bigint,
	"rows" bigint,
	"dead_rows" bigint,
	"connections" integer,
	"oldest_transaction_seconds" double precision,
	"cache_hit_ratio" double precision,
	"rows_written" bigint,
	"transactions" bigint,
	"temp_bytes" bigint,
	"calls" bigint,
	"statement_seconds" double precision,
	"quota_ratio" double precision,
	"cluster_id" text,
	"signature" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sized_at" timestamp with time zone,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sampled_at" timestamp with time zone,
	"absent_since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "control"."usage_collection" (
	"cluster_id" text PRIMARY KEY NOT NULL,
	"run" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"collected_at" timestamp with time zone,
	"took_ms" integer,
	"tenants" integer,
	"changed" integer,
	"sized" integer,
	"locked" integer,
	"swept_at" timestamp with time zone,
	"source" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"fault" text
);
--> statement-breakpoint
CREATE TABLE "control"."session" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."user" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text,
	"must_change_password" boolean DEFAULT true NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_is_unique" UNIQUE("email"),
	CONSTRAINT "user_role_is_known" CHECK ("control"."user"."role" in ('viewer', 'operator', 'admin')),
	CONSTRAINT "user_email_is_lowercase" CHECK ("control"."user"."email" = lower("control"."user"."email"))
);
--> statement-breakpoint
CREATE TABLE "control"."worker" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"in_hand" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "control"."adoptable" ADD CONSTRAINT "adoptable_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert_rule" ADD CONSTRAINT "alert_rule_policy_id_escalation_policy_id_fk" FOREIGN KEY ("policy_id") REFERENCES "control"."escalation_policy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert_rule" ADD CONSTRAINT "alert_rule_changed_by_user_id_fk" FOREIGN KEY ("changed_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."bulk" ADD CONSTRAINT "bulk_requested_by_user_id_fk" FOREIGN KEY ("requested_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."bulk" ADD CONSTRAINT "bulk_retry_of_bulk_id_fk" FOREIGN KEY ("retry_of") REFERENCES "control"."bulk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."bulk_item" ADD CONSTRAINT "bulk_item_bulk_id_bulk_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "control"."bulk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."bulk_item" ADD CONSTRAINT "bulk_item_tenant_id_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "control"."tenant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."finding" ADD CONSTRAINT "finding_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."finding" ADD CONSTRAINT "finding_ignored_by_user_id_fk" FOREIGN KEY ("ignored_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."reconciliation" ADD CONSTRAINT "reconciliation_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert" ADD CONSTRAINT "alert_rule_id_alert_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "control"."alert_rule"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert" ADD CONSTRAINT "alert_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "control"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."incident" ADD CONSTRAINT "incident_rule_id_alert_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "control"."alert_rule"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."incident" ADD CONSTRAINT "incident_acknowledged_by_user_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."incident_event" ADD CONSTRAINT "incident_event_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "control"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."incident_event" ADD CONSTRAINT "incident_event_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert_source" ADD CONSTRAINT "alert_source_policy_id_escalation_policy_id_fk" FOREIGN KEY ("policy_id") REFERENCES "control"."escalation_policy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."delivery" ADD CONSTRAINT "delivery_notification_id_notification_id_fk" FOREIGN KEY ("notification_id") REFERENCES "control"."notification"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."escalation" ADD CONSTRAINT "escalation_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "control"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."notification" ADD CONSTRAINT "notification_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "control"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."notification" ADD CONSTRAINT "notification_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "control"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."notification" ADD CONSTRAINT "notification_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."schedule_override" ADD CONSTRAINT "schedule_override_schedule_id_schedule_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "control"."schedule"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."schedule_override" ADD CONSTRAINT "schedule_override_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."schedule_override" ADD CONSTRAINT "schedule_override_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_tenant_id_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "control"."tenant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_source_id_tenant_id_fk" FOREIGN KEY ("source_id") REFERENCES "control"."tenant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_spare_id_spare_id_fk" FOREIGN KEY ("spare_id") REFERENCES "control"."spare"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_bulk_id_bulk_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "control"."bulk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_cancel_requested_by_user_id_fk" FOREIGN KEY ("cancel_requested_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_requested_by_user_id_fk" FOREIGN KEY ("requested_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_aside_by_user_id_fk" FOREIGN KEY ("aside_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation" ADD CONSTRAINT "operation_retry_of_operation_id_fk" FOREIGN KEY ("retry_of") REFERENCES "control"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation_log" ADD CONSTRAINT "operation_log_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "control"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."operation_step" ADD CONSTRAINT "operation_step_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "control"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."enforcement" ADD CONSTRAINT "enforcement_tenant_id_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "control"."tenant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."enforcement" ADD CONSTRAINT "enforcement_told_cluster_id_cluster_id_fk" FOREIGN KEY ("told_cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."quota" ADD CONSTRAINT "quota_tenant_id_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "control"."tenant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."quota" ADD CONSTRAINT "quota_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "control"."plan"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."quota" ADD CONSTRAINT "quota_set_by_user_id_fk" FOREIGN KEY ("set_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."quota_state" ADD CONSTRAINT "quota_state_tenant_id_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "control"."tenant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."silence" ADD CONSTRAINT "silence_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."pool_policy" ADD CONSTRAINT "pool_policy_template_id_template_id_fk" FOREIGN KEY ("template_id") REFERENCES "control"."template"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."pool_policy" ADD CONSTRAINT "pool_policy_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."pool_policy" ADD CONSTRAINT "pool_policy_set_by_user_id_fk" FOREIGN KEY ("set_by") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."spare" ADD CONSTRAINT "spare_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."spare" ADD CONSTRAINT "spare_template_id_template_version_template_version_template_id_version_fk" FOREIGN KEY ("template_id","template_version") REFERENCES "control"."template_version"("template_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."migration" ADD CONSTRAINT "migration_template_id_template_id_fk" FOREIGN KEY ("template_id") REFERENCES "control"."template"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."template_version" ADD CONSTRAINT "template_version_template_id_version_migration_template_id_version_fk" FOREIGN KEY ("template_id","version") REFERENCES "control"."migration"("template_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."tenant" ADD CONSTRAINT "tenant_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."tenant" ADD CONSTRAINT "tenant_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "control"."plan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."tenant" ADD CONSTRAINT "tenant_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "control"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."tenant" ADD CONSTRAINT "tenant_template_id_template_version_template_version_template_id_version_fk" FOREIGN KEY ("template_id","template_version") REFERENCES "control"."template_version"("template_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."usage" ADD CONSTRAINT "usage_tenant_id_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "control"."tenant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."usage" ADD CONSTRAINT "usage_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."usage_collection" ADD CONSTRAINT "usage_collection_cluster_id_cluster_id_fk" FOREIGN KEY ("cluster_id") REFERENCES "control"."cluster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_rule_builtin_is_one" ON "control"."alert_rule" USING btree ("builtin") WHERE "control"."alert_rule"."builtin" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_rule_name_is_unique" ON "control"."alert_rule" USING btree ("name") WHERE "control"."alert_rule"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "audit_by_time" ON "control"."audit" USING btree ("at","chain","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_operation_is_requested_once" ON "control"."audit" USING btree ("operation_id") WHERE "control"."audit"."outcome" = 'requested';--> statement-breakpoint
CREATE UNIQUE INDEX "audit_operation_ends_once" ON "control"."audit" USING btree ("operation_id") WHERE "control"."audit"."outcome" in ('succeeded', 'failed', 'cancelled');--> statement-breakpoint
CREATE INDEX "audit_by_operation" ON "control"."audit" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "audit_by_actor" ON "control"."audit" USING btree ("actor_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "bulk_is_one_per_idempotency_key" ON "control"."bulk" USING btree ("requested_by","idempotency_key");--> statement-breakpoint
CREATE INDEX "bulk_by_retry" ON "control"."bulk" USING btree ("retry_of");--> statement-breakpoint
CREATE INDEX "bulk_by_creation" ON "control"."bulk" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "bulk_in_flight" ON "control"."bulk" USING btree ("state") WHERE "control"."bulk"."finished_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "bulk_item_is_one_per_tenant" ON "control"."bulk_item" USING btree ("bulk_id","tenant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bulk_item_is_one_per_operation" ON "control"."bulk_item" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "bulk_item_by_state" ON "control"."bulk_item" USING btree ("bulk_id","state","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "cluster_name_is_unique" ON "control"."cluster" USING btree ("name") WHERE "control"."cluster"."state" <> 'detached';--> statement-breakpoint
CREATE UNIQUE INDEX "cluster_is_a_database_once" ON "control"."cluster" USING btree ("system_identifier","database_oid") WHERE "control"."cluster"."state" <> 'detached';--> statement-breakpoint
CREATE INDEX "event_by_time" ON "control"."event" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "finding_is_one_while_it_lasts" ON "control"."finding" USING btree ("cluster_id","kind","subject") WHERE "control"."finding"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX "finding_by_state" ON "control"."finding" USING btree ("state","kind","id");--> statement-breakpoint
CREATE INDEX "finding_by_tenant" ON "control"."finding" USING btree ("tenant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_is_one_while_it_lasts" ON "control"."alert" USING btree ("fingerprint") WHERE "control"."alert"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX "alert_of_incident" ON "control"."alert" USING btree ("incident_id","fired_at");--> statement-breakpoint
CREATE INDEX "alert_open_of_rule" ON "control"."alert" USING btree ("rule_id") WHERE "control"."alert"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX "alert_of_tenant" ON "control"."alert" USING btree ("tenant_id","pending_at");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_is_one_while_it_lasts" ON "control"."incident" USING btree ("group_key") WHERE "control"."incident"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX "incident_of_group" ON "control"."incident" USING btree ("group_key","resolved_at");--> statement-breakpoint
CREATE INDEX "incident_by_time" ON "control"."incident" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "incident_open" ON "control"."incident" USING btree ("severity","started_at") WHERE "control"."incident"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX "incident_to_announce" ON "control"."incident" USING btree ("id") WHERE "control"."incident"."announced_epoch" < "control"."incident"."epoch";--> statement-breakpoint
CREATE INDEX "incident_event_in_order" ON "control"."incident_event" USING btree ("incident_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_source_name_is_unique" ON "control"."alert_source" USING btree ("name") WHERE "control"."alert_source"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_source_token_is_unique" ON "control"."alert_source" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_name_is_unique" ON "control"."channel" USING btree ("name") WHERE "control"."channel"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "escalation_due" ON "control"."escalation" USING btree ("due_at") WHERE "control"."escalation"."due_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "notification_is_sent_once" ON "control"."notification" USING btree ("incident_id","epoch","channel_id",coalesce("user_id", '')) WHERE "control"."notification"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "notification_due" ON "control"."notification" USING btree ("due_at") WHERE "control"."notification"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "notification_by_time" ON "control"."notification" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "notification_of_incident" ON "control"."notification" USING btree ("incident_id","channel_id");--> statement-breakpoint
CREATE UNIQUE INDEX "escalation_policy_name_is_unique" ON "control"."escalation_policy" USING btree ("name") WHERE "control"."escalation_policy"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "escalation_policy_default_is_one" ON "control"."escalation_policy" USING btree ("is_default") WHERE "control"."escalation_policy"."is_default";--> statement-breakpoint
CREATE UNIQUE INDEX "schedule_name_is_unique" ON "control"."schedule" USING btree ("name") WHERE "control"."schedule"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "override_of_schedule" ON "control"."schedule_override" USING btree ("schedule_id","ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "operation_is_one_per_idempotency_key" ON "control"."operation" USING btree ("requested_by","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "operation_is_one_at_a_time_per_tenant" ON "control"."operation" USING btree ("tenant_id") WHERE "control"."operation"."state" not in ('succeeded', 'failed', 'cancelled');--> statement-breakpoint
CREATE UNIQUE INDEX "operation_is_one_at_a_time_per_source" ON "control"."operation" USING btree ("source_id") WHERE "control"."operation"."state" not in ('succeeded', 'failed', 'cancelled');--> statement-breakpoint
CREATE UNIQUE INDEX "operation_is_one_at_a_time_per_spare" ON "control"."operation" USING btree ("spare_id") WHERE "control"."operation"."state" not in ('succeeded', 'failed', 'cancelled');--> statement-breakpoint
CREATE INDEX "operation_by_bulk" ON "control"."operation" USING btree ("bulk_id","state") WHERE "control"."operation"."bulk_id" is not null;--> statement-breakpoint
CREATE INDEX "operation_by_creation" ON "control"."operation" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "operation_by_tenant" ON "control"."operation" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "operation_by_spare" ON "control"."operation" USING btree ("spare_id") WHERE "control"."operation"."spare_id" is not null;--> statement-breakpoint
CREATE INDEX "operation_by_state" ON "control"."operation" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "operation_by_finish" ON "control"."operation" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "operation_by_retry" ON "control"."operation" USING btree ("retry_of");--> statement-breakpoint
CREATE INDEX "operation_in_flight" ON "control"."operation" USING btree ("lease_until","due_at") WHERE "control"."operation"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "quota_state_by_level" ON "control"."quota_state" USING btree ("level") WHERE "control"."quota_state"."level" <> 'ok';--> statement-breakpoint
CREATE INDEX "silence_by_end" ON "control"."silence" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "spare_by_use" ON "control"."spare" USING btree ("state","template_id","template_version","cluster_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_slug_is_unique_while_kept" ON "control"."tenant" USING btree ("slug") WHERE "control"."tenant"."state" not in ('discarded', 'purged');--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_schema_is_unique_on_its_cluster" ON "control"."tenant" USING btree ("cluster_id","schema_name") WHERE "control"."tenant"."state" not in ('discarded', 'purged');--> statement-breakpoint
CREATE INDEX "tenant_by_creation" ON "control"."tenant" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "tenant_by_state" ON "control"."tenant" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "tenant_by_cluster" ON "control"."tenant" USING btree ("cluster_id","state");--> statement-breakpoint
CREATE INDEX "tenant_by_plan" ON "control"."tenant" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "tenant_by_label" ON "control"."tenant" USING gin ("labels");--> statement-breakpoint
CREATE INDEX "usage_by_size" ON "control"."usage" USING btree ("bytes" desc nulls last,"tenant_id");--> statement-breakpoint
CREATE INDEX "usage_by_cluster" ON "control"."usage" USING btree ("cluster_id");--> statement-breakpoint
CREATE INDEX "session_by_user" ON "control"."session" USING btree ("user_id");