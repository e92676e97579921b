package dev.jangbu.transform;

/**
 * What a run was asked for besides its day.
 *
 * @param contract a packaged contract's name or a file; empty for the one the landing names
 * @param allowEmpty whether a day without clean events passes
 */
public record TransformOptions(String contract, boolean allowEmpty) {}
