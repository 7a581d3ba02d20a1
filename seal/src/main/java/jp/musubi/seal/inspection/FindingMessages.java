package jp.musubi.seal.inspection;

import java.util.Locale;
import java.util.ResourceBundle;

/** 指摘の文 — what a finding is and what to do about it, in words for the sender. */
public final class FindingMessages {
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private FindingMessages() {}

  /** In English for {@link Locale#ENGLISH} and its countries, in Japanese for everyone else. */
  public static String of(Finding finding, Locale locale) {
    return ResourceBundle.getBundle("jp.musubi.seal.inspection.findings", locale, NO_FALLBACK)
        .getString(finding.what());
  }
}
