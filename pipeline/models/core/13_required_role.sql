-- One row per organisation stage, influence and kind of deal (stage, influence, is_partner_led): the role that is
-- to answer for it. Source: "How to Split Ownership Across the Single-Threaded Team" (Disruption Selling). The
-- text leaves stage 2's owner of TCO to be inferred. Before stage 4 TCO is undivided: its post-sale part has no row.
create view core.required_role as
with rule(stage, influence, role, role_if_partner_led, is_inferred) as (
    values
    (1, 'tco', 'technology_manager', 'technology_manager', false),
    (2, 'tco', 'technology_manager', 'technology_manager', true),
    (3, 'tco', 'technology_manager', 'partner_manager', false),
    (4, 'tco', 'technology_manager', 'partner_manager', false),
    (4, 'tco_post_sale', 'delivery_manager', 'delivery_manager', false),
    (1, 'value_proposition', 'founder', 'founder', false),
    (2, 'value_proposition', 'account_manager', 'account_manager', false),
    (3, 'value_proposition', 'account_manager', 'account_manager', false),
    (4, 'value_proposition', 'account_manager', 'account_manager', false)
)

select stage, influence, false as is_partner_led, role, is_inferred from rule
union all
select stage, influence, true, role_if_partner_led, is_inferred from rule;
