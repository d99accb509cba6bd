// gorilla/websocket, the client that most programs in Go use, over the cases of ../odd_server.py:
// gorilla.go PORT CASE[:PROTOCOL,...]...
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

const limit = 4 * time.Second

func say(words ...interface{}) {
	fmt.Println(strings.TrimRight(strings.NewReplacer("\r", " ", "\n", " ").Replace(fmt.Sprintln(words...)), " "))
}

func reportEnd(err error) {
	if end, ok := err.(*websocket.CloseError); ok && end.Code != websocket.CloseAbnormalClosure {
		say("close", end.Code, end.Text)
	} else if late, ok := err.(interface{ Timeout() bool }); ok && late.Timeout() {
		say("timeout")
	} else {
		say("error", err)
	}
}

func talk(url string, protocols []string) {
	dialer := websocket.Dialer{HandshakeTimeout: limit, Subprotocols: protocols, EnableCompression: true}
	socket, _, err := dialer.Dial(url, nil)
	if err != nil {
		reportEnd(err)
		return
	}
	defer socket.Close()
	socket.SetReadDeadline(time.Now().Add(limit))
	for {
		_, text, err := socket.ReadMessage()
		if err != nil {
			reportEnd(err)
			return
		}
		say("text", string(text))
		if string(text) == "after" {
			normal := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
			socket.WriteControl(websocket.CloseMessage, normal, time.Now().Add(limit))
		}
	}
}

func main() {
	for _, word := range os.Args[2:] {
		parts := strings.SplitN(word, ":", 2)
		var protocols []string
		if len(parts) > 1 {
			protocols = strings.Split(parts[1], ",")
		}
		say("begin", parts[0])
		talk("ws://127.0.0.1:"+os.Args[1]+"/"+parts[0], protocols)
		say("end")
	}
}
