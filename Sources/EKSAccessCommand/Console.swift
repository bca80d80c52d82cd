/// What a run of the tool reads and writes besides files.
public struct Console: Sendable {
  /// Gives the bytes of standard input, at most so many; throws a message when that fails.
  public var readInput: @Sendable (_ limit: Int) throws(InputError) -> [UInt8]
  /// Takes bytes for standard output.
  public var writeOutput: @Sendable ([UInt8]) -> Void
  /// Takes bytes for standard error.
  public var writeError: @Sendable ([UInt8]) -> Void
  /// Whether a person is likely to read standard error.
  public var errorIsTerminal: Bool
  /// Whether standard output is a terminal, which may take colours.
  public var outputIsTerminal: Bool
  /// Gives the value of an environment variable.
  public var environment: @Sendable (_ name: String) -> String?
  /// How many threads may work on a run; what it prints does not depend on them.
  public var threadCount: Int

  /// Makes a console.
  public init(
    readInput: @escaping @Sendable (_ limit: Int) throws(InputError) -> [UInt8],
    writeOutput: @escaping @Sendable ([UInt8]) -> Void,
    writeError: @escaping @Sendable ([UInt8]) -> Void,
    errorIsTerminal: Bool = false,
    outputIsTerminal: Bool = false,
    environment: @escaping @Sendable (_ name: String) -> String? = { _ in nil },
    threadCount: Int = 1
  ) {
    self.readInput = readInput
    self.writeOutput = writeOutput
    self.writeError = writeError
    self.errorIsTerminal = errorIsTerminal
    self.outputIsTerminal = outputIsTerminal
    self.environment = environment
    self.threadCount = threadCount
  }

  /// The process's own standard streams.
  public static var process: Console {
    Console(
      readInput: { limit throws(InputError) in
        do throws(Platform.Failure) {
          return try Platform.readStandardInput(limit: limit)
        } catch {
          throw InputError(message: error.message)
        }
      },
      writeOutput: { Platform.print($0, toStandardError: false) },
      writeError: { Platform.print($0, toStandardError: true) },
      errorIsTerminal: Platform.standardErrorIsTerminal,
      outputIsTerminal: Platform.standardOutputIsTerminal,
      environment: { Platform.environment($0) },
      // More of them wait for the disk and for each other.
      threadCount: min(Platform.processorCount, 8))
  }

  /// The same console with standard error in place of standard output.
  var withOutputOnError: Console {
    var console = self
    console.writeOutput = writeError
    console.outputIsTerminal = errorIsTerminal
    return console
  }

  func print(error message: String) {
    writeError(Array("eks-access: \(message)\n".utf8))
  }
}

/// Why an input could not be read.
public struct InputError: Error, Sendable, Hashable {
  /// The reason: lower case, without a full stop.
  public var message: String

  /// Makes an error.
  public init(message: String) {
    self.message = message
  }
}
