// websocket++ over the cases of ../odd_server.py: websocketpp_case_client PORT CASE[:PROTOCOL,...]...
#include <websocketpp/client.hpp>
#include <websocketpp/config/asio_no_tls_client.hpp>
#include <websocketpp/extensions/permessage_deflate/enabled.hpp>
#include <websocketpp/version.hpp>

#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

namespace {

/// The library's own configuration, which has no compression, with it.
struct Config : websocketpp::config::asio_client
{
    struct permessage_deflate_config
    {
    };
    using permessage_deflate_type = websocketpp::extensions::permessage_deflate::enabled<permessage_deflate_config>;
};
using Client = websocketpp::client<Config>;

void say(std::string words)
{
    for (char &c : words)
        c = c == '\n' || c == '\r' ? ' ' : c;
    std::puts(words.c_str());
    std::fflush(stdout);
}

void talk(const std::string &url, const std::vector<std::string> &protocols)
{
    Client client;
    client.clear_access_channels(websocketpp::log::alevel::all);
    client.clear_error_channels(websocketpp::log::elevel::all);
    client.init_asio();
    client.set_message_handler([&client](websocketpp::connection_hdl handle, Client::message_ptr message) {
        say("text " + message->get_payload());
        websocketpp::lib::error_code ignored;
        if (message->get_payload() == "after")
            client.close(handle, websocketpp::close::status::normal, "", ignored);
    });
    client.set_fail_handler([&client](websocketpp::connection_hdl handle) {
        say("error " + client.get_con_from_hdl(handle)->get_ec().message());
        client.stop();
    });
    client.set_close_handler([&client](websocketpp::connection_hdl handle) {
        const auto connection = client.get_con_from_hdl(handle);
        const auto reason = connection->get_ec();
        if (reason && reason != websocketpp::error::make_error_code(websocketpp::error::http_connection_ended))
            say("words " + reason.message());
        say("close " + std::to_string(connection->get_remote_close_code()) + " " + connection->get_remote_close_reason());
        client.stop();
    });
    websocketpp::lib::error_code failure;
    const auto connection = client.get_connection(url, failure);
    for (const std::string &protocol : protocols)
        connection->add_subprotocol(protocol);
    client.connect(connection);
    client.set_timer(4000, [&client](const websocketpp::lib::error_code &) {
        say("timeout");
        client.stop();
    });
    client.run();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::string(argv[1]) == "--version") {
        std::puts((std::to_string(websocketpp::major_version) + "." + std::to_string(websocketpp::minor_version) + "." +
                   std::to_string(websocketpp::patch_version))
                      .c_str());
        return 0;
    }
    for (int i = 2; i < argc; ++i) {
        const std::string word = argv[i];
        const std::string name = word.substr(0, word.find(':'));
        std::vector<std::string> protocols;
        std::istringstream offered(name.size() < word.size() ? word.substr(name.size() + 1) : std::string());
        for (std::string protocol; std::getline(offered, protocol, ',');)
            protocols.push_back(protocol);
        say("begin " + name);
        talk("ws://127.0.0.1:" + std::string(argv[1]) + "/" + name, protocols);
        say("end");
    }
    return 0;
}
