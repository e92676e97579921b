package dev.jangbu.sandbox.analytics;

/** What a dimension or metric is about; those of different scopes do not go together. */
enum Scope {
    ANY,
    SESSION,
    TRANSACTION,
    ITEM
}
