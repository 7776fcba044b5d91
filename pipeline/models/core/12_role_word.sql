-- One row per word (word, lower case) that a source uses for a role, and the role it means. The configuration's
-- words come on top of those whose meaning is plain; any other word stands for itself, with underscores.
create view core.role_word as
with plain(word, role) as (
    values
    ('sales consultant', 'technology_manager'),
    ('solutions consultant', 'technology_manager'),
    ('solution consultant', 'technology_manager'),
    ('solution architect', 'technology_manager'),
    ('solutions architect', 'technology_manager'),
    ('sales engineer', 'technology_manager'),
    ('presales', 'technology_manager'),
    ('pre-sales', 'technology_manager'),
    ('technical account manager', 'delivery_manager'),
    ('tam', 'delivery_manager'),
    ('project manager', 'delivery_manager'),
    ('customer success manager', 'csm'),
    ('customer success', 'csm')
),

configuration as (
    select configuration -> 'roles' as roles from meta.build
),

configured as (
    select lower(trim(word)) as word, configuration.roles ->> word as role
    from configuration, unnest(json_keys(configuration.roles)) as given(word)
)

select word, role from configured
union all
select word, role from plain
where word not in (select word from configured);
