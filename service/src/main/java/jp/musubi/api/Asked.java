package jp.musubi.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** 呼び出しの中身. Reads what a program sends, and says in words what is wrong with it. */
@Component
class Asked {
  /** Most bytes of JSON that are read. */
  static final int LONGEST = 64 * 1024;

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{16,200}");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Book book;

  Asked(Book book) {
    this.book = book;
  }

  /**
   * The key under which a step is taken once, made of the program and what it calls the step; two
   * programs never share one.
   */
  static String key(Caller caller, @Nullable String header) {
    if (header == null || !KEY.matcher(header).matches()) {
      throw new NotTaken(ApiProblem.IDEMPOTENCY_KEY_MISSING, Map.of());
    }
    var text = caller.program().id() + " " + header;
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** The object in the body of a request; an empty body is an empty object. */
  JsonNode object(HttpServletRequest request) throws IOException {
    var bytes = request.getInputStream().readNBytes(LONGEST + 1);
    return object(bytes);
  }

  /** The object in bytes. */
  JsonNode object(byte[] bytes) {
    if (bytes.length > LONGEST) {
      throw new NotTaken(ApiProblem.TOO_LARGE, Map.of());
    }
    try {
      var node = JSON.readTree(bytes.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : bytes);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException notJson) {
      throw wrong(Map.of("", Text.of("api.wrong.json")));
    }
    throw wrong(Map.of("", Text.of("api.wrong.object")));
  }

  /** Refuses the call if the reader has found something wrong. */
  void insist(FormReader reader) {
    if (!reader.wrong().isEmpty()) {
      throw wrong(reader.wrong());
    }
  }

  /** With each member and what is wrong with it. */
  NotTaken wrong(Map<String, Text> wrong) {
    List<Map<String, String>> errors =
        wrong.entrySet().stream()
            .map(each -> {
              var error = new LinkedHashMap<String, String>();
              error.put("member", each.getKey());
              error.put("detail", words(each.getValue()));
              return Map.copyOf(error);
            })
            .toList();
    return new NotTaken(ApiProblem.INVALID, Map.of("errors", errors));
  }

  private String words(Text text) {
    return Objects.requireNonNull(book.of(text.key(), text.arguments()));
  }
}
