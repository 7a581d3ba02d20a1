package jp.musubi.approval;

import jp.musubi.seal.Sha256;

/**
 * 承認の対象. Exactly what was reviewed: the draft at one version, its prepared bytes, its terms and
 * parties.
 *
 * @param content digest of terms and parties
 */
record Subject(int version, Sha256 document, Sha256 content) {}
