package jp.musubi.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.UUID;
import jp.musubi.contract.web.TestPdf;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.web.util.UriTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program as the tests play it. Each answer is held against the OpenAPI document. */
record TestCalls(MockMvc web, @Nullable String key, String from) {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final JsonNode DOCUMENT = document();
  static final String OFFICE = "192.0.2.10";

  private static final String CONTRACTS = "/api/v1/contracts";

  /** What came back. */
  record Answer(int status, JsonNode json, MockHttpServletResponse response) {
    Answer expect(int wanted) {
      assertThat(status).as("%s", json).isEqualTo(wanted);
      return this;
    }

    Answer expect(int wanted, String code) {
      assertThat(json.path("code").asString("")).as("%s", json).isEqualTo(code);
      return expect(wanted);
    }

    String text(String pointer) {
      return json.at(pointer).asString("");
    }
  }

  static JsonNode document() {
    try (var in = new ClassPathResource("api/openapi.json").getInputStream()) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  TestCalls with(@Nullable String other) {
    return new TestCalls(web, other, from);
  }

  TestCalls from(String other) {
    return new TestCalls(web, key, other);
  }

  Answer list(String query) throws Exception {
    return ask("GET", get(CONTRACTS + query));
  }

  Answer show(Object id) throws Exception {
    return ask("GET", get(CONTRACTS + "/" + id));
  }

  Answer file(Object id, String name) throws Exception {
    return ask("GET", get(CONTRACTS + "/" + id + "/" + name));
  }

  Answer make(@Nullable String idempotencyKey, String terms) throws Exception {
    return make(idempotencyKey, terms, TestPdf.contract());
  }

  Answer make(@Nullable String idempotencyKey, String terms, byte[] pdf) throws Exception {
    var request =
        multipart(CONTRACTS)
            .file(new MockMultipartFile("document", "契約書.pdf", "application/pdf", pdf))
            .file(
                new MockMultipartFile(
                    "contract",
                    "contract.json",
                    "application/json",
                    terms.getBytes(StandardCharsets.UTF_8)));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return ask("POST", request);
  }

  Answer send(JsonNode contract, String idempotencyKey) throws Exception {
    return step(
        contract.path("id").asString(""),
        "send",
        idempotencyKey,
        "{\"version\": %s, \"documentSha256\": %s}"
            .formatted(contract.path("version"), contract.path("documentSha256")));
  }

  Answer step(String id, String step, @Nullable String idempotencyKey, String body)
      throws Exception {
    var request =
        post(CONTRACTS + "/" + id + "/" + step)
            .contentType(MediaType.APPLICATION_JSON)
            .content(body.getBytes(StandardCharsets.UTF_8));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return ask("POST", request);
  }

  static String newKey() {
    return UUID.randomUUID().toString();
  }

  Answer ask(String method, AbstractMockHttpServletRequestBuilder<?> request) throws Exception {
    request.with(sent -> {
      sent.setRemoteAddr(from);
      return sent;
    });
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    var result = web.perform(request).andReturn();
    var response = result.getResponse();
    var path = java.util.Objects.requireNonNull(result.getRequest().getRequestURI());
    return check(method, path, response);
  }

  /** Holds the answer against the document: route, status, content type, every member. */
  private static Answer check(String method, String path, MockHttpServletResponse response)
      throws IOException {
    var route =
        new TreeSet<>(DOCUMENT.get("paths").propertyNames())
            .stream().filter(each -> new UriTemplate(each).matches(path)).findFirst();
    assertThat(response.getCookies()).isEmpty();
    var type = String.valueOf(response.getContentType()).split(";", 2)[0];
    JsonNode json =
        type.endsWith("json")
            ? JSON.readTree(response.getContentAsByteArray())
            : JSON.createObjectNode();
    var answer = new Answer(response.getStatus(), json, response);
    if (route.isEmpty()) {
      return answer;
    }
    var status = String.valueOf(response.getStatus());
    var told =
        Schema.resolved(
            DOCUMENT,
            DOCUMENT
                .get("paths")
                .get(route.get())
                .path(method.toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .path(status));
    assertThat(told.isMissingNode())
        .as("%s %s may answer %s: %s", method, route.get(), status, json)
        .isFalse();
    var content = told.path("content").path(type);
    assertThat(content.isMissingNode()).as("%s answers %s", path, type).isFalse();
    if (type.endsWith("json")) {
      assertThat(Schema.wrong(DOCUMENT, content.get("schema"), json)).as("%s", json).isEmpty();
    }
    return answer;
  }
}
