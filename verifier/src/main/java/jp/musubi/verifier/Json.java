package jp.musubi.verifier;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.FindingMessages;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.renewal.EvidenceReport;
import jp.musubi.seal.validation.Reason;
import jp.musubi.seal.validation.ReportJson;
import jp.musubi.seal.validation.ValidationMessages;
import tools.jackson.databind.json.JsonMapper;

/** Writes reports as one line of JSON with the field names that stay stable. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static String of(String file, String sha256, Inspection inspection) {
    var json = new LinkedHashMap<String, Object>();
    json.put("file", file);
    json.put("sha256", sha256);
    json.put("acceptable", inspection.acceptable());
    json.put("pages", inspection.pages());
    json.put("bytes", inspection.bytes());
    json.put("findings", inspection.findings().stream().map(Json::of).toList());
    return MAPPER.writeValueAsString(json);
  }

  static String of(String evidence, EvidenceReport report) {
    var json = new LinkedHashMap<String, Object>();
    json.put("evidence", evidence);
    json.put("verdict", report.verdict().code());
    json.put("reasons", report.reasons().stream().map(Json::of).toList());
    json.put("provenSince", report.provenSince().map(Object::toString).orElse(null));
    json.put("timestamps", report.timestamps().stream().map(Json::of).toList());
    return MAPPER.writeValueAsString(json);
  }

  private static Map<String, Object> of(EvidenceReport.Link link) {
    var json = ReportJson.of(link.timestamp());
    json.put("chain", link.chain());
    json.put("algorithm", link.algorithm().name().replace('_', '-'));
    return json;
  }

  private static String of(Reason reason) {
    return ValidationMessages.of(reason, Locale.JAPAN);
  }

  private static Map<String, Object> of(Finding finding) {
    var json = new LinkedHashMap<String, Object>();
    json.put("rule", finding.rule());
    json.put("action", finding.action().name().toLowerCase(Locale.ROOT));
    json.put("what", finding.what());
    json.put("page", finding.page().isPresent() ? finding.page().getAsInt() : null);
    json.put("object", finding.object().orElse(null));
    json.put("detail", finding.detail());
    json.put("message", FindingMessages.of(finding, Locale.JAPAN));
    return json;
  }
}
