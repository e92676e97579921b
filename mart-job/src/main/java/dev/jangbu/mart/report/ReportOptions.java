package dev.jangbu.mart.report;

/** @param isJson print the report as one line of JSON in place of the screenful */
record ReportOptions(boolean isJson) {}
