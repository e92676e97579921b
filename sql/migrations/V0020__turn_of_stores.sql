-- Why: the profile of a day reads eight weeks of the stores whose turn it is, a seventh of all. By this
-- index it reads those alone; nothing asks for the hours of one store.
CREATE INDEX mart_store_hourly_spend_turn ON mart.mart_store_hourly_spend (
    MOD(store_id, 7), sale_date
);
DROP INDEX mart.mart_store_hourly_spend_account_id_store_id_sale_date_idx;
