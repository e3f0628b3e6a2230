// SPDX-License-Identifier: GPL-2.0-or-later
// Indexes a file of `id TAB title TAB text` lines with Lucene 8: EnglishAnalyzer, positions, the whole text stored, two
// threads, forceMerge(1). Started by run.py.

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

public final class LuceneIndexing {
  private static final int THREADS = 2;
  private static final double BUFFER_MB = 128;

  private static void addLines(IndexWriter writer, BufferedReader lines) throws Exception {
    while (true) {
      String line;
      synchronized (lines) {
        line = lines.readLine();
      }
      if (line == null) return;
      String[] parts = line.split("\t", 3);
      Document document = new Document();
      document.add(new StringField("id", parts[0], Field.Store.YES));
      document.add(new TextField("title", parts[1], Field.Store.YES));
      document.add(new TextField("body", parts[2], Field.Store.YES));
      writer.addDocument(document);
    }
  }

  public static void main(String[] args) throws Exception {
    Path input = Paths.get(args[0]);
    IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());
    config.setRAMBufferSizeMB(BUFFER_MB);
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(Paths.get(args[1])), config);
        BufferedReader lines = Files.newBufferedReader(input, StandardCharsets.UTF_8)) {
      Thread[] threads = new Thread[THREADS];
      Throwable[] failure = new Throwable[1];
      for (int i = 0; i < THREADS; i++) {
        threads[i] = new Thread(() -> {
          try {
            addLines(writer, lines);
          } catch (Throwable thrown) {
            failure[0] = thrown;
          }
        });
        threads[i].start();
      }
      for (Thread thread : threads) thread.join();
      if (failure[0] != null) throw new IllegalStateException(failure[0]);
      writer.forceMerge(1);
    }
  }
}
