#include "conformance/CaseLoader.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>

#include <algorithm>
#include <utility>

// Q_INIT_RESOURCE must stand outside any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(conformance);
}

namespace sockeye::conformance {

namespace {

constexpr quint16 NoStatus = 1005;

using Words = QList<QByteArray>;

/// Splits at blanks outside of quotes.
[[nodiscard]] Words split(const QByteArray &line)
{
    Words words;
    QByteArray word;
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        if (c == ' ' && !quoted) {
            if (!word.isEmpty())
                words += std::exchange(word, {});
        } else {
            word += c;
        }
    }
    if (!word.isEmpty())
        words += word;
    return words;
}

[[nodiscard]] std::optional<qsizetype> number(const QByteArray &word)
{
    bool isNumber = false;
    const qsizetype value = word.toLongLong(&isNumber);
    return isNumber && value >= 0 ? std::optional(value) : std::nullopt;
}

[[nodiscard]] std::optional<qsizetype> opcodeNamed(const QByteArray &name)
{
    static const QHash<QByteArray, qsizetype> names{{"continuation", Opcode::Continuation},
                                                    {"text", Opcode::Text},
                                                    {"binary", Opcode::Binary},
                                                    {"close", Opcode::Close},
                                                    {"ping", Opcode::Ping},
                                                    {"pong", Opcode::Pong}};
    const auto found = names.constFind(name);
    return found == names.cend() ? std::nullopt : std::optional(*found);
}

/// Reads one step from its words; nullopt if they make no sense.
class StepReader final
{
public:
    explicit StepReader(Words words)
        : m_words(std::move(words))
    {
    }
    [[nodiscard]] std::optional<Step> read();

private:
    [[nodiscard]] bool isDone() const { return m_next >= m_words.size(); }
    [[nodiscard]] QByteArray next() { return isDone() ? QByteArray() : m_words.at(m_next++); }
    [[nodiscard]] bool takeCount();
    [[nodiscard]] bool readFrame(const QByteArray &name);
    [[nodiscard]] bool readFlag(const QByteArray &word);
    [[nodiscard]] bool readPayload();
    [[nodiscard]] bool readExpectation();
    [[nodiscard]] bool readCodes();

    Words m_words;
    qsizetype m_next = 0;
    Step m_step;
};

std::optional<Step> StepReader::read()
{
    const QByteArray verb = next();
    bool good = false;
    if (verb == "expect") {
        good = readExpectation();
    } else if (verb == "pieces") {
        m_step.kind = Step::Kind::Pieces;
        good = m_words.value(m_next) == "frame" ? !next().isEmpty() : takeCount();
    } else if (verb == "header") {
        m_step.kind = Step::Kind::Header;
        const auto opcode = opcodeNamed(next());
        m_step.opcode = static_cast<quint8>(opcode.value_or(0));
        good = opcode && takeCount();
    } else if (verb == "bytes") {
        m_step.kind = Step::Kind::Bytes;
        good = readPayload();
    } else if (verb == "trips") {
        m_step.kind = Step::Kind::Trips;
        good = takeCount() && readFrame(next());
    } else {
        good = readFrame(verb);
    }
    return good && isDone() ? std::optional(m_step) : std::nullopt;
}

bool StepReader::takeCount()
{
    const auto count = number(next());
    m_step.count = count.value_or(0);
    return count.has_value();
}

bool StepReader::readFrame(const QByteArray &name)
{
    const auto opcode = name == "opcode" ? number(next()) : opcodeNamed(name);
    if (!opcode)
        return false;
    m_step.opcode = static_cast<quint8>(*opcode);
    while (!isDone() && readFlag(m_words.at(m_next)))
        ++m_next;
    if (m_step.opcode == Opcode::Close && !isDone()) {
        if (const auto code = number(m_words.at(m_next))) {
            const char bytes[]{static_cast<char>(*code >> 8), static_cast<char>(*code & 0xff)};
            m_step.payload.addBytes(QByteArray(bytes, 2));
            ++m_next;
        }
    }
    return readPayload();
}

bool StepReader::readFlag(const QByteArray &word)
{
    if (word == "more") {
        m_step.fin = false;
    } else if (word == "compressed") {
        m_step.compressed = true;
    } else if (word == "wrongly-masked") {
        m_step.wronglyMasked = true;
    } else if (word.startsWith("rsv=")) {
        m_step.rsv = static_cast<quint8>(word.sliced(4).toInt());
    } else if (word.startsWith("fragments=")) {
        m_step.fragmentSize = word.sliced(10).toLongLong();
    } else {
        return false;
    }
    return true;
}

bool StepReader::readPayload()
{
    while (!isDone()) {
        if (!m_step.payload.add(next()))
            return false;
    }
    return true;
}

bool StepReader::readExpectation()
{
    static const QHash<QByteArray, Step::Kind> kinds{{"echo", Step::Kind::Echo},
                                                     {"maybe-echo", Step::Kind::MaybeEcho},
                                                     {"pong", Step::Kind::Pong},
                                                     {"pongs", Step::Kind::Pongs},
                                                     {"nothing", Step::Kind::Nothing},
                                                     {"early-fail", Step::Kind::EarlyFail},
                                                     {"close", Step::Kind::Close},
                                                     {"fail", Step::Kind::Fail},
                                                     {"fail-or-drop", Step::Kind::FailOrDrop},
                                                     {"end", Step::Kind::End}};
    const auto kind = kinds.constFind(next());
    if (kind == kinds.cend())
        return false;
    m_step.kind = *kind;
    switch (m_step.kind) {
    case Step::Kind::Nothing:
        return takeCount();
    case Step::Kind::EarlyFail:
        return takeCount() && readCodes();
    case Step::Kind::Close:
    case Step::Kind::Fail:
    case Step::Kind::FailOrDrop:
        return readCodes();
    default:
        return true;
    }
}

bool StepReader::readCodes()
{
    while (!isDone()) {
        const QByteArray word = next();
        const auto code = word == "none" ? std::optional<qsizetype>(NoStatus) : number(word);
        if (!code)
            return false;
        m_step.codes += static_cast<quint16>(*code);
    }
    return !m_step.codes.isEmpty();
}

/// "NAME: VALUE"
[[nodiscard]] std::optional<HeaderLine> readHeaderLine(const QByteArray &text)
{
    const qsizetype colon = text.indexOf(':');
    return colon > 0 ? std::optional(HeaderLine{text.first(colon), text.sliced(colon + 1).trimmed()}) : std::nullopt;
}

/// Reads a line about the opening handshake into what a case says of it.
class HandshakeReader final
{
public:
    explicit HandshakeReader(OpeningScript &opening)
        : m_opening(opening)
    {
    }

    /// Whether the line is one of those.
    [[nodiscard]] static bool isFor(const QByteArray &verb, const QByteArray &rest);
    [[nodiscard]] bool take(const QByteArray &verb, const QByteArray &rest);

private:
    [[nodiscard]] bool takeExpectation(const QByteArray &text);
    [[nodiscard]] bool takeStatuses(const QList<QByteArray> &words);

    OpeningScript &m_opening;
};

bool HandshakeReader::isFor(const QByteArray &verb, const QByteArray &rest)
{
    static const QList<QByteArray> verbs{"method", "http", "without", "field", "add", "request-pieces"};
    return verbs.contains(verb) || (verb == "expect" && (rest.startsWith("refused") || rest.startsWith("field ") ||
                                                         rest.startsWith("no-field ")));
}

bool HandshakeReader::take(const QByteArray &verb, const QByteArray &rest)
{
    if (verb == "expect")
        return takeExpectation(rest);
    if (verb == "method") {
        m_opening.method = rest;
    } else if (verb == "http") {
        m_opening.httpVersion = rest;
    } else if (verb == "without") {
        m_opening.without += rest;
    } else if (verb == "request-pieces") {
        m_opening.pieceSize = rest.toLongLong();
        return m_opening.pieceSize > 0;
    } else if (const auto line = readHeaderLine(rest)) {
        if (verb == "field")
            m_opening.without += line->name;
        m_opening.lines += *line;
        return true;
    }
    return verb != "field" && verb != "add" && !rest.isEmpty();
}

bool HandshakeReader::takeExpectation(const QByteArray &text)
{
    QList<QByteArray> words = text.split(' ');
    const QByteArray verb = words.takeFirst();
    if (verb == "refused")
        return takeStatuses(words);
    if (verb == "no-field") {
        m_opening.absent += words.join(' ');
        return words.size() == 1;
    }
    const auto line = readHeaderLine(words.join(' '));
    if (line)
        m_opening.answered += *line;
    return line.has_value();
}

bool HandshakeReader::takeStatuses(const QList<QByteArray> &words)
{
    for (const QByteArray &word : words) {
        const auto status = number(word);
        if (!status)
            return false;
        m_opening.statuses += static_cast<int>(*status);
    }
    return !words.isEmpty();
}

[[nodiscard]] std::optional<DeflateAnswer> readDeflate(const QByteArray &text)
{
    DeflateAnswer answer;
    const QList<QByteArray> parameters = text.split(';');
    for (const QByteArray &parameter : parameters) {
        const QByteArray name = parameter.trimmed();
        if (name == "server_no_context_takeover")
            answer.serverNoContextTakeover = true;
        else if (name == "client_no_context_takeover")
            answer.clientNoContextTakeover = true;
        else if (name.startsWith("server_max_window_bits="))
            answer.serverMaxWindowBits = name.sliced(23).toInt();
        else if (name.startsWith("client_max_window_bits="))
            answer.clientMaxWindowBits = name.sliced(23).toInt();
        else if (!name.isEmpty())
            return std::nullopt;
    }
    return answer;
}

/// Reads one file, line by line, into the list of cases.
class FileReader final
{
public:
    explicit FileReader(QList<ConformanceCase> &cases)
        : m_cases(cases)
    {
    }
    [[nodiscard]] bool takeLine(const QByteArray &line);

private:
    [[nodiscard]] bool takeCaseLine(const QByteArray &verb, const QByteArray &rest);

    QList<ConformanceCase> &m_cases;
    QString m_family;
    bool m_inCase = false;
};

bool FileReader::takeLine(const QByteArray &line)
{
    const QByteArray text = line.trimmed();
    if (text.isEmpty() || text.startsWith('#'))
        return true;
    const qsizetype blank = text.indexOf(' ');
    const QByteArray verb = blank < 0 ? text : text.first(blank);
    const QByteArray rest = blank < 0 ? QByteArray() : text.sliced(blank + 1).trimmed();
    if (verb == "family") {
        m_family = QString::fromUtf8(rest);
        return !rest.isEmpty();
    }
    if (verb == "case") {
        const qsizetype end = rest.indexOf(' ');
        m_inCase = end > 0 && !m_family.isEmpty();
        ConformanceCase fresh;
        fresh.id = QString::fromUtf8(rest.first(std::max<qsizetype>(end, 0)));
        fresh.family = m_family;
        fresh.title = QString::fromUtf8(rest.sliced(end + 1));
        m_cases += fresh;
        return m_inCase;
    }
    return m_inCase && takeCaseLine(verb, rest);
}

bool FileReader::takeCaseLine(const QByteArray &verb, const QByteArray &rest)
{
    ConformanceCase &current = m_cases.last();
    if (verb == "must") {
        current.expectation = QString::fromUtf8(rest);
        return true;
    }
    if (verb == "deflate") {
        const auto answer = readDeflate(rest);
        current.deflate += answer.value_or(DeflateAnswer());
        return answer.has_value();
    }
    if (verb == "only-for") {
        current.onlyFor = rest == "clients" ? Subject::Client : Subject::Server;
        return rest == "clients" || rest == "servers";
    }
    if (HandshakeReader::isFor(verb, rest)) {
        // Whoever reads requests cannot send one.
        return current.onlyFor == Subject::Server && HandshakeReader(current.opening).take(verb, rest);
    }
    const auto step = StepReader(Words{verb} + split(rest)).read();
    if (step)
        current.steps += *step;
    return step.has_value();
}

} // namespace

Result<QList<ConformanceCase>> loadCases(const QString &directory)
{
    QList<ConformanceCase> cases;
    const QFileInfoList files =
        QDir(directory).entryInfoList({QStringLiteral("*.cases")}, QDir::Files, QDir::Name | QDir::IgnoreCase);
    if (files.isEmpty())
        return Error{QCoreApplication::translate("ConformanceCase", "There are no conformance cases in %1.")
                         .arg(QDir::toNativeSeparators(directory))};
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            return Error{QCoreApplication::translate("ConformanceCase", "%1 cannot be read: %2")
                             .arg(QDir::toNativeSeparators(info.filePath()), file.errorString())};
        FileReader reader(cases);
        for (int line = 1; !file.atEnd(); ++line) {
            const QByteArray text = file.readLine();
            if (!reader.takeLine(text))
                return Error{
                    QCoreApplication::translate("ConformanceCase", "%1, line %2 makes no sense as part of a case: %3")
                        .arg(info.fileName(), QString::number(line), QString::fromUtf8(text.trimmed()))};
        }
    }
    return cases;
}

Result<QList<ConformanceCase>> builtInCases(Subject subject)
{
    initResources();
    auto loaded = loadCases(QStringLiteral(":/sockeye/conformance"));
    if (loaded)
        loaded.value().removeIf([subject](const ConformanceCase &one) { return !one.isFor(subject); });
    return loaded;
}

} // namespace sockeye::conformance
