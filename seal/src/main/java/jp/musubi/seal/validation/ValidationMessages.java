package jp.musubi.seal.validation;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** 検証結果の文 — the verdict and its reasons in words for everyone (PDF-V1). */
public final class ValidationMessages {
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private ValidationMessages() {}

  /** The verdict with its first reason, such as 無効（署名の後に内容が変更されています）. */
  public static String of(ValidationReport report, Locale locale) {
    return of(report.verdict(), report.reasons(), locale);
  }

  /** Any verdict with the first of its reasons. */
  public static String of(Verdict verdict, List<Reason> reasons, Locale locale) {
    var text = bundle(locale).getString("verdict." + verdict.code());
    return switch (verdict) {
      case VALID, VALID_WITH_WARNINGS, NO_SIGNATURE -> text;
      case INDETERMINATE, INVALID ->
          text.formatted(reasons.isEmpty() ? "" : of(reasons.getFirst(), locale));
    };
  }

  /** One reason as a phrase without a full stop. */
  public static String of(Reason reason, Locale locale) {
    return bundle(locale).getString(reason.what());
  }

  private static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle("jp.musubi.seal.validation.validation", locale, NO_FALLBACK);
  }
}
