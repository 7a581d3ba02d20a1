package jp.musubi;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** むすび — electronic contracts for local governments: the web service. */
@SpringBootApplication
public class MusubiApplication {

  /** Starts one node against the database and store that the configuration names. */
  public static void main(String[] args) {
    SpringApplication.run(MusubiApplication.class, args);
  }
}
