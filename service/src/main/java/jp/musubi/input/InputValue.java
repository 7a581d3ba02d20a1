package jp.musubi.input;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * 記入. What was filled into a field, and by whom.
 *
 * @param text as {@link InputReading} keeps it
 * @param by as printed
 * @param mail to whom the form was sent; empty for the body's own
 */
record InputValue(UUID field, String text, String by, Optional<String> mail, Instant at) {}
