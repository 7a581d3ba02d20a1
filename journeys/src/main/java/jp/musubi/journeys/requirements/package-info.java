/**
 * 要件回答 — the tender's requirements, how each is met, and the response sheet printed from them.
 *
 * <p>The one source is {@code docs/requirements.yaml}; {@link RequirementsMain} prints it, and the
 * tests of this package refuse a row that claims more than a test proves.
 */
@NullMarked
package jp.musubi.journeys.requirements;

import org.jspecify.annotations.NullMarked;
