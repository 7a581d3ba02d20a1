package jp.musubi.contract;

import java.time.LocalDate;

/**
 * 紙での締結. What became of a contract that was moved to paper; the original is the paper.
 *
 * @param on 締結した日, when the last party had signed
 * @param keptAt where the original lies (文書保存箱, 書庫); may be empty
 */
public record PaperConclusion(LocalDate on, String keptAt) {}
