// Sends numbered messages as fast as the kernel takes them (or at a rate), then closes with 1000: the load for the
// flood and kill tests and the benchmarks. Plain sockets and large writes, so that the receiver is what is measured.
//
// Each message begins with its number, from 0, in ten decimal digits; the rest is filler. With --ping-pong the next
// message waits until the client has echoed the last, and "round trip NANOSECONDS" (the median) is printed at the end.

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QCryptographicHash>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t NumberDigits = 10;
constexpr std::size_t BlockBytes = 512 * 1024;

struct Options
{
    quint16 port = 0;
    quint64 count = 1000;
    std::size_t size = 100;
    bool binary = false;
    quint64 rate = 0; ///< messages a second; 0 for no limit
    bool pingPong = false;
};

/// RAII for one descriptor.
class Socket final
{
public:
    explicit Socket(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~Socket() { ::close(m_descriptor); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }

    [[nodiscard]] bool write(const char *data, std::size_t size) const
    {
        while (size > 0) {
            const ssize_t written = ::send(m_descriptor, data, size, MSG_NOSIGNAL);
            if (written <= 0)
                return false;
            data += written;
            size -= static_cast<std::size_t>(written);
        }
        return true;
    }
    [[nodiscard]] std::string read() const
    {
        char buffer[16 * 1024];
        const ssize_t size = ::recv(m_descriptor, buffer, sizeof buffer, 0);
        return size > 0 ? std::string(buffer, static_cast<std::size_t>(size)) : std::string();
    }

    [[nodiscard]] bool skip(std::size_t size) const
    {
        char buffer[64 * 1024];
        while (size > 0) {
            const ssize_t got = ::recv(m_descriptor, buffer, std::min(size, sizeof buffer), 0);
            if (got <= 0)
                return false;
            size -= static_cast<std::size_t>(got);
        }
        return true;
    }

private:
    int m_descriptor;
};

[[nodiscard]] bool shakeHands(const Socket &socket)
{
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
        const std::string chunk = socket.read();
        if (chunk.empty())
            return false;
        head += chunk;
    }
    const QByteArray request = QByteArray::fromStdString(head);
    const QByteArray name = "sec-websocket-key:";
    const qsizetype start = request.toLower().indexOf(name) + name.size();
    const QByteArray key = request.mid(start, request.indexOf('\r', start) - start).trimmed();
    const QByteArray accept =
        QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
    const QByteArray reply = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Accept: " +
                             accept + "\r\n\r\n";
    return socket.write(reply.constData(), static_cast<std::size_t>(reply.size()));
}

[[nodiscard]] std::string frameHeader(const Options &options)
{
    std::string header(1, static_cast<char>(0x80 | (options.binary ? 2 : 1)));
    const auto appendLength = [&header, &options](int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
            header += static_cast<char>((options.size >> shift) & 0xff);
    };
    if (options.size < 126) {
        appendLength(1);
    } else if (options.size < 65'536) {
        header += static_cast<char>(126);
        appendLength(2);
    } else {
        header += static_cast<char>(127);
        appendLength(8);
    }
    return header;
}

void writeNumber(char *digits, quint64 number)
{
    for (std::size_t i = NumberDigits; i-- > 0; number /= 10)
        digits[i] = static_cast<char>('0' + number % 10);
}

/// A run of equal frames in one buffer; only the numbers are written anew for each run.
class Block final
{
public:
    explicit Block(const Options &options)
    {
        const std::string header = frameHeader(options);
        std::string frame = header;
        for (std::size_t i = 0; i < options.size; ++i)
            frame += options.binary ? static_cast<char>(i * 31) : static_cast<char>('a' + i % 26);
        m_headerSize = header.size();
        m_frameSize = frame.size();
        m_capacity = options.rate > 0 || options.pingPong ? 1 : std::max<std::size_t>(1, BlockBytes / m_frameSize);
        for (std::size_t i = 0; i < m_capacity; ++i)
            m_bytes += frame;
    }

    [[nodiscard]] std::size_t frameSize() const { return m_frameSize; }

    /// Writes up to a block of messages from `number` on, at most `left`; how many, or 0 if the peer is gone.
    [[nodiscard]] quint64 send(const Socket &socket, quint64 number, quint64 left)
    {
        const quint64 count = std::min<quint64>(m_capacity, left);
        for (quint64 i = 0; i < count; ++i)
            writeNumber(m_bytes.data() + i * m_frameSize + m_headerSize, number + i);
        return socket.write(m_bytes.data(), count * m_frameSize) ? count : 0;
    }

private:
    std::string m_bytes;
    std::size_t m_headerSize = 0;
    std::size_t m_frameSize = 0;
    std::size_t m_capacity = 1;
};

/// Says goodbye and reads up to the answer, whatever the client sent before it included.
void close(const Socket &socket)
{
    const char frame[] = {static_cast<char>(0x88), 2, 0x03, static_cast<char>(0xe8)};
    if (!socket.write(frame, sizeof frame))
        return;
    std::string chunk;
    do {
        chunk = socket.read();
    } while (!chunk.empty() && chunk.find(static_cast<char>(0x88)) == std::string::npos);
}

void playPingPong(const Socket &socket, const Options &options)
{
    constexpr std::size_t MaskSize = 4;
    Block block(options);
    std::vector<qint64> trips;
    for (quint64 number = 0; number < options.count; ++number) {
        const auto start = Clock::now();
        if (block.send(socket, number, 1) == 0 || !socket.skip(block.frameSize() + MaskSize))
            return;
        trips.push_back((Clock::now() - start).count());
    }
    std::sort(trips.begin(), trips.end());
    std::printf("round trip %lld\n", static_cast<long long>(trips.at(trips.size() / 2)));
    std::fflush(stdout);
    close(socket);
}

void flood(const Socket &socket, const Options &options)
{
    Block block(options);
    const auto start = Clock::now();
    for (quint64 number = 0; number < options.count;) {
        if (options.rate > 0)
            std::this_thread::sleep_until(start + std::chrono::nanoseconds(1'000'000'000 / options.rate * number));
        const quint64 sent = block.send(socket, number, options.count - number);
        if (sent == 0)
            return;
        number += sent;
    }
    close(socket);
}

[[nodiscard]] Options parseOptions(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption port(QStringLiteral("port"), QStringLiteral("Port, 0 for a free one."),
                                  QStringLiteral("N"), QStringLiteral("0"));
    const QCommandLineOption count(QStringLiteral("count"), QStringLiteral("Messages."), QStringLiteral("N"),
                                   QStringLiteral("1000"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Bytes a message, 10 at least."),
                                  QStringLiteral("BYTES"), QStringLiteral("100"));
    const QCommandLineOption rate(QStringLiteral("rate"), QStringLiteral("Messages a second, 0 for no limit."),
                                  QStringLiteral("N"), QStringLiteral("0"));
    const QCommandLineOption binary(QStringLiteral("binary"), QStringLiteral("Binary instead of text."));
    const QCommandLineOption pingPong(QStringLiteral("ping-pong"), QStringLiteral("Wait for each message's echo."));
    parser.addOptions({port, count, size, rate, binary, pingPong});
    parser.process(app);

    Options options;
    options.port = static_cast<quint16>(parser.value(port).toUInt());
    options.count = parser.value(count).toULongLong();
    options.size = std::max<std::size_t>(NumberDigits, parser.value(size).toULongLong());
    options.rate = parser.value(rate).toULongLong();
    options.binary = parser.isSet(binary);
    options.pingPong = parser.isSet(pingPong);
    return options;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const Options options = parseOptions(app);

    const Socket listener(::socket(AF_INET, SOCK_STREAM, 0));
    const int on = 1;
    ::setsockopt(listener.descriptor(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(options.port);
    socklen_t length = sizeof address;
    auto *const generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(listener.descriptor(), generic, length) != 0 || ::listen(listener.descriptor(), 16) != 0 ||
        ::getsockname(listener.descriptor(), generic, &length) != 0) {
        std::perror("flood_server");
        return 1;
    }
    std::printf("listening %d\n", ntohs(address.sin_port));
    std::fflush(stdout);

    while (true) {
        const int descriptor = ::accept(listener.descriptor(), nullptr, nullptr);
        if (descriptor < 0)
            return 1;
        std::thread([descriptor, options] {
            const Socket socket(descriptor);
            const int noDelay = 1;
            ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &noDelay, sizeof noDelay);
            if (shakeHands(socket))
                options.pingPong ? playPingPong(socket, options) : flood(socket, options);
        }).detach();
    }
}
