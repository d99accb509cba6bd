// An echo server on websocket++, a real third-party endpoint to drive Sockeye against. See README.md for its commands.

#include <websocketpp/config/asio.hpp>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

namespace {

struct Options
{
    unsigned short port = 0;
    std::string certificate;
    std::string key;
};

template<typename Server>
class EchoServer
{
public:
    using Handle = websocketpp::connection_hdl;
    using Message = typename Server::message_ptr;

    EchoServer()
    {
        m_server.clear_access_channels(websocketpp::log::alevel::all);
        m_server.clear_error_channels(websocketpp::log::elevel::all);
        m_server.init_asio();
        m_server.set_reuse_addr(true);
        m_server.set_message_handler([this](Handle handle, Message message) { take(handle, message); });
    }

    Server &server() { return m_server; }

    void run(unsigned short port)
    {
        m_server.listen(boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
        m_server.start_accept();
        websocketpp::lib::asio::error_code error;
        std::cout << "listening " << m_server.get_local_endpoint(error).port() << std::endl;
        m_server.run();
    }

private:
    void take(Handle handle, const Message &message)
    {
        const auto connection = m_server.get_con_from_hdl(handle);
        std::istringstream words(message->get_payload());
        std::string command;
        if (message->get_opcode() == websocketpp::frame::opcode::text)
            words >> command;
        if (command == "close") {
            unsigned code = 1000;
            words >> code >> std::ws;
            std::string reason;
            std::getline(words, reason);
            connection->close(static_cast<websocketpp::close::status::value>(code), reason);
        } else if (command == "drop") {
            connection->get_raw_socket().lowest_layer().close();
        } else if (command == "ping") {
            std::string payload;
            words >> payload;
            connection->ping(payload);
        } else if (command == "count") {
            int count = 0;
            words >> count;
            for (int i = 0; i < count; ++i)
                connection->send(std::to_string(i), websocketpp::frame::opcode::text);
        } else {
            connection->send(message->get_payload(), message->get_opcode());
        }
    }

    Server m_server;
};

void serve(const Options &options)
{
    EchoServer<websocketpp::server<websocketpp::config::asio>> echo;
    echo.run(options.port);
}

void serveTls(const Options &options)
{
    namespace ssl = boost::asio::ssl;
    EchoServer<websocketpp::server<websocketpp::config::asio_tls>> echo;
    echo.server().set_tls_init_handler([&options](websocketpp::connection_hdl) {
        auto context = websocketpp::lib::make_shared<ssl::context>(ssl::context::tls_server);
        context->use_certificate_chain_file(options.certificate);
        context->use_private_key_file(options.key, ssl::context::pem);
        return context;
    });
    echo.run(options.port);
}

} // namespace

int main(int argc, char *argv[])
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--port" && i + 1 < argc) {
            options.port = static_cast<unsigned short>(std::atoi(argv[++i]));
        } else if (name == "--tls" && i + 2 < argc) {
            options.certificate = argv[++i];
            options.key = argv[++i];
        } else {
            std::cerr << "usage: websocketpp_echo [--port N] [--tls CERTIFICATE KEY]\n";
            return 1;
        }
    }
    try {
        options.certificate.empty() ? serve(options) : serveTls(options);
    } catch (const std::exception &error) {
        std::cerr << "websocketpp_echo: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
