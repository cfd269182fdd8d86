-- Effects under way or in doubt are counted whenever somebody measures; those that are done are many and are not.
create index effect_unsettled on effect (state);
create index mail_message_waiting on mail_message (state, created_at);
