package jp.musubi.journeys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A real identity provider, running as a process of its own with an empty database. */
final class Keycloak implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "keycloak");
  private static final Duration START_DEADLINE = Duration.ofMinutes(4);
  private static final String KEEPER = "keeper";

  private final Process process;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private Keycloak(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Where the build has put it, if it could be had. */
  static Optional<Path> installed() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return Optional.empty();
    }
    try (var found = Files.list(FOLDER)) {
      return found.filter(folder -> Files.exists(folder.resolve("bin/kc.sh"))).findFirst();
    }
  }

  /** Starts it and waits until it answers. */
  static Keycloak start(Path installed, Path home) throws IOException, InterruptedException {
    Files.createDirectories(home);
    var log = home.resolve("keycloak.log");
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var builder =
        new ProcessBuilder(
                "bash",
                installed.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--db-url=jdbc:h2:file:"
                    + home.toAbsolutePath().resolve("data")
                    + ";NON_KEYWORDS=VALUE")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx400m");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", KEEPER);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", KEEPER);
    var process = builder.start();
    var began = System.nanoTime();
    while (process.isAlive() && System.nanoTime() - began < START_DEADLINE.toNanos()) {
      if (Files.readString(log).contains("Listening on:")) {
        return new Keycloak(process, URI.create("http://127.0.0.1:" + port));
      }
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    end(process);
    throw new IllegalStateException(
        "the identity provider did not start:\n" + Files.readString(log));
  }

  /** The issuer of a realm. */
  String issuer(String realm) {
    return address + "/realms/" + realm;
  }

  /** Makes a realm of its JSON. */
  void realm(String json) throws IOException, InterruptedException {
    var answer = send("/admin/realms", "application/json", json);
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  /** What a realm says of itself as a SAML provider. */
  String samlMetadata(String realm) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/saml/descriptor")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Makes a SAML client of a service's metadata, as an administrator does by uploading them. */
  void samlClient(String realm, String metadata) throws IOException, InterruptedException {
    var described =
        send(
            "/admin/realms/" + realm + "/client-description-converter",
            "application/xml",
            metadata);
    var client = (ObjectNode) JsonMapper.shared().readTree(described.body());
    var mappers = client.putArray("protocolMappers");
    for (var told :
        Map.of(
                "username", "urn:oid:0.9.2342.19200300.100.1.1",
                "firstName", "urn:oid:2.16.840.1.113730.3.1.241",
                "email", "urn:oid:0.9.2342.19200300.100.1.3")
            .entrySet()) {
      var mapper = mappers.addObject();
      mapper.put("name", told.getKey());
      mapper.put("protocol", "saml");
      mapper.put("protocolMapper", "saml-user-property-mapper");
      mapper
          .putObject("config")
          .put("user.attribute", told.getKey())
          .put("attribute.name", told.getValue())
          .put("attribute.nameformat", "URI Reference");
    }
    var made = send("/admin/realms/" + realm + "/clients", "application/json", client.toString());
    if (made.statusCode() != 201) {
      throw new IllegalStateException(made.statusCode() + " " + made.body() + "\n" + client);
    }
  }

  private HttpResponse<String> send(String path, String type, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String token() throws IOException, InterruptedException {
    var answer =
        http.send(
            HttpRequest.newBuilder(address.resolve("/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=admin-cli&username=%s&password=%s"
                            .formatted(KEEPER, KEEPER)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return JsonMapper.shared().readTree(answer.body()).get("access_token").asString();
  }

  @Override
  public void close() {
    end(process);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
