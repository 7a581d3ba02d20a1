package jp.musubi.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** 計測の種類 — What {@code ./musubi bench NAME} can measure. */
enum Benchmark {
  SEAL("seals a second, beside the limit, EU DSS and other engines") {
    @Override
    List<String> headings() {
      return SealRow.HEADINGS;
    }

    @Override
    List<? extends Row> run(Course course) throws IOException {
      return Sealing.run(course);
    }
  },
  VALIDATE("validations a second, beside EU DSS") {
    @Override
    List<String> headings() {
      return ValidateRow.HEADINGS;
    }

    @Override
    List<? extends Row> run(Course course) throws IOException {
      return Validating.run(course);
    }
  },
  GROWTH("what the 1st to the 30th signature on one file cost") {
    @Override
    List<String> headings() {
      return GrowthRow.HEADINGS;
    }

    @Override
    List<? extends Row> run(Course course) throws IOException {
      return Growing.run(course);
    }
  },
  MEMORY("50 MB and 500 MB sealed with a heap of 128 MiB") {
    @Override
    List<String> headings() {
      return MemoryRow.HEADINGS;
    }

    @Override
    List<? extends Row> run(Course course) throws IOException {
      return Remembering.run(course);
    }
  },
  RENEW("renewal of 1,000 to 1,000,000 documents by one timestamp") {
    @Override
    List<String> headings() {
      return RenewRow.HEADINGS;
    }

    @Override
    List<? extends Row> run(Course course) throws IOException {
      return Renewing.run(course);
    }
  },
  MICRO("parts of a seal by themselves (JMH)") {
    @Override
    List<String> headings() {
      return MicroRow.HEADINGS;
    }

    @Override
    List<? extends Row> run(Course course) throws IOException {
      return Micro.run(course);
    }
  };

  private final String about;

  Benchmark(String about) {
    this.about = about;
  }

  /** As the command line calls it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it measures, in one line. */
  String about() {
    return about;
  }

  /** Of the table. */
  abstract List<String> headings();

  /** Measures. */
  abstract List<? extends Row> run(Course course) throws IOException;
}
