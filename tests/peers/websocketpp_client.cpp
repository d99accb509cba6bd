// A client on websocket++ that puts an echo server to the test: websocketpp_client URL. See README.md. Its API sends
// messages whole; text that is not UTF-8 by itself, half a character for one, it refuses to send.

#include <websocketpp/client.hpp>
#include <websocketpp/config/asio_no_tls_client.hpp>
#include <websocketpp/extensions/permessage_deflate/enabled.hpp>

#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>

namespace {

using Config = websocketpp::config::asio_client;

struct DeflateConfig : public Config
{
    using type = DeflateConfig;
    struct permessage_deflate_config
    {
    };
    using permessage_deflate_type = websocketpp::extensions::permessage_deflate::enabled<permessage_deflate_config>;
};

constexpr size_t Large = 4 * 1024 * 1024;

/// What one connection does: sends a message, a ping or nothing, then closes.
struct Plan
{
    std::string message;
    websocketpp::frame::opcode::value opcode = websocketpp::frame::opcode::text;
    bool pings = false;
    std::optional<int> closeCode;
};

void expect(bool holds, const std::string &what)
{
    if (!holds)
        throw std::runtime_error(what);
}

/// True if the plan was carried out; false if the library does not send this close code.
template<typename Configuration>
bool run(const std::string &url, const Plan &plan)
{
    using Client = websocketpp::client<Configuration>;
    using Handle = websocketpp::connection_hdl;
    Client client;
    client.clear_access_channels(websocketpp::log::alevel::all);
    client.clear_error_channels(websocketpp::log::elevel::all);
    client.init_asio();
    client.set_max_message_size(2 * Large);
    bool isAnswered = false;
    bool isRefused = false;
    std::string problem;
    const std::string reason = "Gr\xc3\xbcnde";
    typename Client::connection_ptr connection;

    const auto close = [&] {
        websocketpp::lib::error_code error;
        if (plan.closeCode)
            connection->close(static_cast<websocketpp::close::status::value>(*plan.closeCode), reason, error);
        else
            connection->close(websocketpp::close::status::normal, reason, error);
        isRefused = static_cast<bool>(error);
        if (isRefused)
            client.stop();
    };
    client.set_open_handler([&](Handle) {
        if (plan.pings)
            connection->ping("are you there?");
        else if (plan.closeCode)
            close();
        else if (const auto error = connection->send(plan.message, plan.opcode))
            problem = error.message();
    });
    client.set_message_handler([&](Handle, const typename Client::message_ptr &message) {
        isAnswered = message->get_payload() == plan.message && message->get_opcode() == plan.opcode;
        close();
    });
    client.set_pong_handler([&](Handle, const std::string &payload) {
        isAnswered = payload == "are you there?";
        close();
    });
    client.set_fail_handler([&](Handle) { problem = "not connected: " + connection->get_ec().message(); });

    websocketpp::lib::error_code error;
    connection = client.get_connection(url, error);
    expect(!error, error.message());
    connection->add_subprotocol("one");
    connection->add_subprotocol("two");
    client.connect(connection);
    client.run();
    expect(problem.empty(), problem);
    if (isRefused)
        return false;
    expect(isAnswered || plan.closeCode, "no echo came");
    const std::string chosen = connection->get_response_header("Sec-WebSocket-Protocol");
    expect(chosen == "one", "chosen: " + chosen);
    const int code = plan.closeCode.value_or(1000);
    expect(connection->get_remote_close_code() == code && connection->get_remote_close_reason() == reason,
           std::to_string(code) + " was answered with " + std::to_string(connection->get_remote_close_code()));
    return true;
}

void runAll(const std::string &url)
{
    std::string text;
    while (text.size() < Large)
        text += "\xe2\x82\xac\xc3\xa4x\xf0\x9f\x90\x9f";
    const std::string binary(Large, '\xa5');
    namespace opcode = websocketpp::frame::opcode;
    run<Config>(url, {text, opcode::text, false, {}});
    run<Config>(url, {binary, opcode::binary, false, {}});
    run<DeflateConfig>(url, {text, opcode::text, false, {}});
    run<DeflateConfig>(url, {binary, opcode::binary, false, {}});
    run<Config>(url, {{}, opcode::text, true, {}});
    std::cout << "close codes";
    for (const int code : {999,  1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010,
                           1011, 1012, 1013, 1014, 1015, 2999, 3000, 3999, 4000, 4999, 5000}) {
        // After these it drops TCP without waiting for an answer.
        if (websocketpp::close::status::terminal(static_cast<websocketpp::close::status::value>(code)))
            continue;
        if (run<Config>(url, {{}, opcode::text, false, code}))
            std::cout << ' ' << code;
    }
    std::cout << std::endl;
}

} // namespace

int main(int argc, char *argv[])
{
    try {
        expect(argc == 2, "usage: websocketpp_client URL");
        runAll(argv[1]);
    } catch (const std::exception &error) {
        std::cout << "failed: " << error.what() << std::endl;
        return EXIT_FAILURE;
    }
    std::cout << "done" << std::endl;
    return EXIT_SUCCESS;
}
