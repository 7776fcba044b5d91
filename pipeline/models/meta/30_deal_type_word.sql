-- One row per word (word, lower case) that a source uses for a deal type, and what it means here. The
-- configuration's words come on top of those whose meaning is plain.
create table meta.deal_type_word (word varchar primary key, deal_type varchar not null);
insert into meta.deal_type_word values
    ('new', 'new'),
    ('new business', 'new'),
    ('new customer', 'new'),
    ('new logo', 'new'),
    ('newbusiness', 'new'),
    ('renewal', 'renewal'),
    ('renew', 'renewal'),
    ('upsell', 'upsell'),
    ('up-sell', 'upsell'),
    ('upgrade', 'upsell'),
    ('existing customer - upgrade', 'upsell'),
    ('cross_sell', 'cross_sell'),
    ('cross-sell', 'cross_sell'),
    ('cross sell', 'cross_sell');
