package jp.musubi.seal.inspection;

import jp.musubi.seal.Sha256;

/**
 * 再構成の結果 — the bytes that become the contract.
 *
 * @param sha256 of the written file
 * @param pages number of pages
 */
public record Rebuilt(Sha256 sha256, int pages) {}
