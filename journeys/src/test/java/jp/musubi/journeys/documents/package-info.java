/** 文書 — checks that the papers of this repository still tell the truth. */
@NullMarked
package jp.musubi.journeys.documents;

import org.jspecify.annotations.NullMarked;
