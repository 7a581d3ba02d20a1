package jp.musubi.seal.validation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** 検証結果のJSON — a report as one line of JSON with the field names that stay stable. */
public final class ReportJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ReportJson() {}

  /**
   * Writes a report.
   *
   * @param file how the file is called there
   */
  public static String of(String file, ValidationReport report) {
    var json = new LinkedHashMap<String, Object>();
    json.put("file", file);
    json.put("sha256", report.sha256().hex());
    json.put("verdict", report.verdict().code());
    json.put(
        "reasons",
        report.reasons().stream()
            .map(reason -> ValidationMessages.of(reason, Locale.JAPAN))
            .toList());
    json.put("signatures", report.signatures().stream().map(ReportJson::of).toList());
    json.put(
        "documentTimestamps", report.documentTimestamps().stream().map(ReportJson::of).toList());
    json.put("modificationsAfterSigning", report.modificationsAfterSigning());
    return MAPPER.writeValueAsString(json);
  }

  /** A timestamp as reports of every kind show it; the caller may add to it. */
  public static Map<String, Object> of(ValidationReport.Timestamp timestamp) {
    var json = new LinkedHashMap<String, Object>();
    json.put("time", timestamp.time().toString());
    json.put("tsa", timestamp.tsa());
    return json;
  }

  private static Map<String, Object> of(ValidationReport.Signature signature) {
    var json = new LinkedHashMap<String, Object>();
    json.put("field", signature.field());
    json.put("name", signature.name());
    json.put("reason", signature.reason());
    json.put("signingTime", signature.signingTime().map(Object::toString).orElse(null));
    json.put("timestamp", signature.timestamp().map(ReportJson::of).orElse(null));
    json.put("level", signature.level());
    json.put("indication", signature.indication().name());
    json.put("subIndication", signature.subIndication());
    json.put("byteRangeCoversRevision", signature.byteRangeCoversRevision());
    json.put("external", signature.external());
    json.put("certificate", signature.certificate());
    return json;
  }
}
