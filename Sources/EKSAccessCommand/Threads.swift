/// How many threads work on a run, and how work is spread over them.
struct Threads {
  /// The number of threads, the first one included.
  let count: Int

  /// This thread alone.
  static let one = Threads(count: 1)

  /// The results for some values, in their order whichever thread made them.
  func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], _ body: @escaping @Sendable (Input) -> Output
  ) -> [Output] {
    guard count > 1, inputs.count > 1 else { return inputs.map(body) }
    let next = Platform.Shared(0)
    let results = Platform.Shared<[(index: Int, output: Output)]>([])
    Platform.run(onThreads: min(count, inputs.count)) {
      var own: [(index: Int, output: Output)] = []
      while true {
        let index = next.use { next in
          defer { next += 1 }
          return next
        }
        guard index < inputs.count else { break }
        own.append((index, body(inputs[index])))
      }
      let made = own
      results.use { $0 += made }
    }
    return results.use { $0 }.sorted { $0.index < $1.index }.map(\.output)
  }
}
